/* SPDX-License-Identifier: MIT */
/*
 * The job of a guest's program, as it stands in its application memory, and
 * the program's end of it. Specified in docs/guest-programs.md. All integers
 * are little-endian.
 */
#ifndef VPIO_JOB_H
#define VPIO_JOB_H

#include <stddef.h>
#include <stdint.h>

/* The bytes "VPIOJOB1". */
#define VPIO_JOB_MAGIC UINT64_C(0x31424f4a4f495056)
#define VPIO_JOB_VERSION 1U
#define VPIO_JOB_REPEATS 1U
#define VPIO_JOB_HOG 2U
#define VPIO_JOB_RECEIVES 4U
#define VPIO_JOB_NO_DEVICE 0xffffffffU
#define VPIO_JOB_FAILURE_BYTES 512U
/* A word that the page says stands on a cache line of its own does. */
#define VPIO_JOB_BYTES 2048U

/* How far the run is; it only goes on. */
#define VPIO_JOB_PHASE_STARTING 0U
#define VPIO_JOB_PHASE_SENDING 1U
#define VPIO_JOB_PHASE_SETTLING 2U
#define VPIO_JOB_PHASE_OVER 3U

/* What the program is doing. */
#define VPIO_JOB_ACTIVITY_STARTING 0U
#define VPIO_JOB_ACTIVITY_READY 1U
#define VPIO_JOB_ACTIVITY_WAITING 2U
#define VPIO_JOB_ACTIVITY_HOLDING 3U
#define VPIO_JOB_ACTIVITY_SLEEPING 4U
#define VPIO_JOB_ACTIVITY_DONE 5U
#define VPIO_JOB_ACTIVITY_STOPPED 6U
#define VPIO_JOB_ACTIVITY_FAILED 7U

struct vpio_job {
    uint64_t magic;
    uint32_t version;
    uint32_t flags;
    uint32_t device;
    uint32_t practice_device;
    uint32_t ring_entries;
    uint32_t rate;
    uint64_t mac;
    uint32_t frame_count;
    uint32_t destination_count;
    uint32_t first_destination;
    uint32_t report_count;
    uint64_t frame_table;
    uint64_t destination_table;
    uint64_t submitted_ring;
    uint64_t received_ring;
    uint8_t reserved0[40];
    uint32_t phase;
    uint32_t reserved1;
    uint64_t frames_due;
    uint8_t reserved2[48];
    uint32_t submitted_head;
    uint8_t reserved3[60];
    uint32_t received_head;
    uint8_t reserved4[764];
    uint32_t activity;
    uint32_t has_sent_all;
    uint64_t generation;
    uint64_t last_release_ns;
    uint8_t reserved5[40];
    uint32_t submitted_tail;
    uint32_t reserved6;
    uint64_t discarded;
    uint8_t reserved7[48];
    uint32_t received_tail;
    uint8_t reserved8[380];
    char failure[VPIO_JOB_FAILURE_BYTES];
};

struct vpio_job_frame {
    uint64_t offset;
    uint32_t length;
    uint32_t reserved;
};

#define VPIO_JOB_PROVE(name, claim) typedef char vpio_job_proof_##name[(claim) ? 1 : -1]

VPIO_JOB_PROVE(received_ring, offsetof(struct vpio_job, received_ring) == 80);
VPIO_JOB_PROVE(phase, offsetof(struct vpio_job, phase) == 128);
VPIO_JOB_PROVE(frames_due, offsetof(struct vpio_job, frames_due) == 136);
VPIO_JOB_PROVE(submitted_head, offsetof(struct vpio_job, submitted_head) == 192);
VPIO_JOB_PROVE(received_head, offsetof(struct vpio_job, received_head) == 256);
VPIO_JOB_PROVE(activity, offsetof(struct vpio_job, activity) == 1024);
VPIO_JOB_PROVE(submitted_tail, offsetof(struct vpio_job, submitted_tail) == 1088);
VPIO_JOB_PROVE(discarded, offsetof(struct vpio_job, discarded) == 1096);
VPIO_JOB_PROVE(received_tail, offsetof(struct vpio_job, received_tail) == 1152);
VPIO_JOB_PROVE(failure, offsetof(struct vpio_job, failure) == 1536);
VPIO_JOB_PROVE(size, sizeof(struct vpio_job) == VPIO_JOB_BYTES);
VPIO_JOB_PROVE(frame, sizeof(struct vpio_job_frame) == 16);

/* A ring of reports, a digest for each frame; whoever writes it never gets ahead of the reader by more than its length. */
struct vpio_job_ring {
    uint64_t *records;
    uint32_t *tail_in_job;
    const uint32_t *head_in_job;
    uint32_t entries;
    uint32_t tail;
    uint32_t head; /* As last read. */
};

/* The program's end of its job. The job does not change but for the phase and what follows it, and domain 0 is believed. */
struct vpio_job_end {
    struct vpio_job *job;
    struct vpio_job_ring submitted;
    struct vpio_job_ring received;
};

/* Takes the job up. NULL, or why there is none that this program knows. */
const char *vpio_job_open(struct vpio_job_end *end, uint8_t *memory, uint64_t bytes);

/* How far the run is, VPIO_JOB_PHASE_*. */
uint32_t vpio_job_phase(const struct vpio_job_end *end);

/* How many frames the device has accepted for this guest, as domain 0 said last. */
uint64_t vpio_job_frames_due(const struct vpio_job_end *end);

/* Says what the program is doing, VPIO_JOB_ACTIVITY_*. */
void vpio_job_become(struct vpio_job_end *end, uint32_t activity);

/* Says that the program owns the device. */
void vpio_job_own(struct vpio_job_end *end, uint64_t generation);

/* Says that nothing more will be sent, and that the device took all that was. */
void vpio_job_note_sent_all(struct vpio_job_end *end);

/* Says how many of the submitted frames were lost with the device, in all: before the device is shown the next. */
void vpio_job_note_discarded(struct vpio_job_end *end, uint64_t frames);

/* Says how long it took to release when asked. */
void vpio_job_note_release(struct vpio_job_end *end, uint64_t ns);

/* Says that the program failed, and why. */
void vpio_job_fail(struct vpio_job_end *end, const char *sentence);

/* Not 0 while there is room for a report. There will be: domain 0 reads on every few milliseconds. */
int vpio_job_has_room(struct vpio_job_ring *ring);

/* Reports a frame; there must be room. */
void vpio_job_report(struct vpio_job_ring *ring, uint64_t digest);

#endif /* VPIO_JOB_H */
