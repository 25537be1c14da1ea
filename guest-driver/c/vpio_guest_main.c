/* SPDX-License-Identifier: MIT */
/*
 * The program of a guest in vpio run, in a process of its own: takes the
 * device in turn, sends what the job says, receives what comes, and reports
 * each frame. Specified in docs/guest-programs.md.
 */
#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "vpio_digest.h"
#include "vpio_job.h"
#include "vpio_process_port.h"
#include "vpio_traffic.h"

/* As vpio guest ends. */
#define EXIT_DONE 0
#define EXIT_FAILED 1
#define EXIT_NO_GUEST 2
#define EXIT_HYPERVISOR_ENDED 7

#define NS_PER_SECOND ((uint64_t)1000000000)
#define NAP_NS ((uint64_t)5000000)
#define SHORT_NAP_NS ((uint64_t)1000000)
/* Who was asked for the device does not wait: what is posted then goes out in the next ownership. */
#define DRAIN_LIMIT_NS ((uint64_t)100000000)
/* Between two looks whether anything else is to be done. */
#define BATCH_FRAMES 32

struct program {
    struct vpio_process_port process;
    struct vpio_guest guest;
    struct vpio_job_end end;
    struct vpio_traffic traffic;
    uint64_t sending_since_ns;
    uint64_t begun; /* Frames that were reported as submitted. */
    uint64_t received;
    uint64_t discarded;
    uint32_t device;
    uint32_t flags;
    uint32_t rate;
    uint32_t has_frames;
    uint32_t is_reported; /* The frame that is ready was reported, and not yet taken by the driver: it goes out before any other. */
    uint32_t is_drained;  /* The device took all that was reported. */
    uint8_t frame[VPIO_GUEST_BUFFER_BYTES];
};

/* Large, and one in a process. */
static struct program guest_program;

static void leave_without_hypervisor(void)
{
    static const char sentence[] = "vpio-guest: the hypervisor has ended, and its devices with it; this guest ends.\n";

    /* Nobody may be there to read it. */
    if (write(STDERR_FILENO, sentence, sizeof sentence - 1) < 0)
        _exit(EXIT_HYPERVISOR_ENDED);
    _exit(EXIT_HYPERVISOR_ENDED);
}

static void nap(uint64_t ns)
{
    struct timespec time;

    time.tv_sec = 0;
    time.tv_nsec = (long)ns;
    (void)nanosleep(&time, NULL);
}

static uint64_t least(uint64_t a, uint64_t b)
{
    return a < b ? a : b;
}

static int is_sending(const struct program *program)
{
    return vpio_job_phase(&program->end) == VPIO_JOB_PHASE_SENDING;
}

static int is_over(const struct program *program)
{
    return vpio_job_phase(&program->end) == VPIO_JOB_PHASE_OVER;
}

static int is_hog(const struct program *program)
{
    return (program->flags & VPIO_JOB_HOG) != 0;
}

static int is_held(const struct program *program)
{
    const struct vpio_guest *guest = &program->guest;
    /* ORDER acquire: what the hypervisor published before the word is seen after it. */
    uint64_t word = __atomic_load_n(&guest->port.device_page->slots[program->device].state, __ATOMIC_ACQUIRE);

    return vpio_word_is_held_by(vpio_le64(word), guest->domain_id, guest->generation);
}

/* ---- The pace ---- */

/* How many frames may have been begun by now; in two parts, since seconds times a rate and a second's part of it both fit. */
static int is_due(const struct program *program)
{
    uint64_t elapsed_ns = vpio_process_now_ns() - program->sending_since_ns;
    uint64_t seconds = elapsed_ns / NS_PER_SECOND;
    uint64_t rest_ns = elapsed_ns % NS_PER_SECOND;

    return program->rate == 0 || seconds * program->rate + rest_ns * program->rate / NS_PER_SECOND + 1 > program->begun;
}

static uint64_t until_next_ns(const struct program *program)
{
    uint64_t elapsed_ns = vpio_process_now_ns() - program->sending_since_ns;
    uint64_t next_ns;

    if (program->rate == 0)
        return 0;
    next_ns = program->begun / program->rate * NS_PER_SECOND + program->begun % program->rate * NS_PER_SECOND / program->rate;
    return next_ns > elapsed_ns ? next_ns - elapsed_ns : 0;
}

/* ---- Frames ---- */

static void note_discarded(struct program *program)
{
    uint64_t lost = vpio_guest_lost(&program->guest);

    if (lost != program->discarded)
        vpio_job_note_discarded(&program->end, lost);
    program->discarded = lost;
}

/* Not 0 when another frame may be begun, and the driver has room for it as far as can be seen. */
static int may_begin(struct program *program)
{
    return is_sending(program) && vpio_traffic_has_next(&program->traffic) && is_due(program) && !vpio_guest_must_stop(&program->guest)
        && vpio_guest_outstanding(&program->guest) < VPIO_GUEST_RING_ENTRIES && vpio_job_has_room(&program->end.submitted);
}

/* The driver posts and rings in one: so a frame is reported first, and when the driver does not take it after all, it is the next that does go out. */
static int send_next(struct program *program)
{
    struct vpio_traffic *traffic = &program->traffic;

    if (!program->is_reported) {
        if (!may_begin(program))
            return 0;
        vpio_traffic_prepare(traffic);
        vpio_job_report(&program->end.submitted, vpio_digest(traffic->frame, traffic->length));
        program->begun++;
        program->is_reported = 1;
        program->is_drained = 0;
    }
    note_discarded(program);
    if (vpio_guest_send(&program->guest, traffic->frame, traffic->length) != 1)
        return 0;
    program->is_reported = 0;
    vpio_traffic_advance(traffic);
    return 1;
}

static int send_batch(struct program *program)
{
    int count = 0;

    while (count < BATCH_FRAMES && send_next(program))
        count++;
    return count;
}

static int receive_batch(struct program *program)
{
    uint32_t length;
    int count = 0;

    while (count < BATCH_FRAMES && vpio_job_has_room(&program->end.received)) {
        length = vpio_guest_receive(&program->guest, program->frame, sizeof program->frame);
        if (length == 0)
            break;
        vpio_job_report(&program->end.received, vpio_digest(program->frame, length));
        program->received++;
        count++;
    }
    return count;
}

static void drain(struct program *program, uint64_t limit_ns)
{
    uint64_t since_ns = vpio_process_now_ns();
    uint64_t spent_ns = 0;
    uint32_t left;

    for (;;) {
        left = vpio_guest_outstanding(&program->guest);
        spent_ns = vpio_process_now_ns() - since_ns;
        if (left == 0 || vpio_guest_must_stop(&program->guest) || spent_ns >= limit_ns)
            break;
        vpio_guest_rest(&program->guest, VPIO_NIC_INTERRUPT_TX, limit_ns - spent_ns);
    }
    note_discarded(program);
    program->is_drained = !program->is_reported && left == 0 && is_held(program);
}

/* ---- Ownerships ---- */

static int has_unfinished(const struct program *program)
{
    return !program->is_drained || program->received < vpio_job_frames_due(&program->end);
}

static int wants_device(const struct program *program)
{
    if (has_unfinished(program))
        return 1;
    return is_sending(program) && (is_hog(program) || (program->flags & VPIO_JOB_RECEIVES) || vpio_traffic_has_next(&program->traffic));
}

static void note_progress(struct program *program)
{
    if (program->is_drained && (!vpio_traffic_has_next(&program->traffic) || vpio_job_phase(&program->end) > VPIO_JOB_PHASE_SENDING))
        vpio_job_note_sent_all(&program->end);
}

/* A hog ends with the run all the same, for there may be nobody to stop it for. */
static int may_keep(const struct program *program)
{
    if (is_hog(program))
        return is_sending(program) && is_held(program);
    return !vpio_guest_must_stop(&program->guest) && !is_over(program);
}

static void await_room(struct program *program)
{
    if (vpio_guest_outstanding(&program->guest) == VPIO_GUEST_RING_ENTRIES)
        vpio_guest_rest(&program->guest, VPIO_NIC_INTERRUPT_TX, NAP_NS);
    else
        nap(SHORT_NAP_NS); /* It is the ring of reports that is full. */
}

/* Waits for what may let something move again. 0 when there is nothing left to hold the device for. */
static int rest(struct program *program)
{
    int sends = is_sending(program) && vpio_traffic_has_next(&program->traffic);

    if (vpio_guest_must_stop(&program->guest)) {
        /* Only a hog stays, and it is to be a nuisance by the device alone. */
        if (is_hog(program))
            nap(SHORT_NAP_NS);
        return 1;
    }
    if (sends && is_due(program)) {
        await_room(program);
        return 1;
    }
    drain(program, NAP_NS);
    note_progress(program);
    if (!wants_device(program))
        return 0;
    vpio_guest_rest(&program->guest, VPIO_NIC_INTERRUPT_RX, sends ? least(until_next_ns(program), NAP_NS) : NAP_NS);
    return 1;
}

static void work(struct program *program)
{
    int moved;

    note_discarded(program);
    while (may_keep(program)) {
        moved = send_batch(program);
        moved += receive_batch(program);
        if (moved == 0 && !rest(program))
            return;
    }
}

static void give_back(struct program *program)
{
    int asked = vpio_guest_must_stop(&program->guest);
    uint64_t since_ns = vpio_process_now_ns();

    drain(program, DRAIN_LIMIT_NS);
    if (vpio_guest_release(&program->guest) == VPIO_OK && asked)
        vpio_job_note_release(&program->end, vpio_process_now_ns() - since_ns);
}

static int64_t await_device(struct program *program)
{
    int64_t result = vpio_guest_grab(&program->guest, 1);

    if (result == VPIO_QUEUED || result == -VPIO_EEXIST)
        result = vpio_guest_await(&program->guest, VPIO_WAIT_FOREVER);
    if (result != VPIO_OK)
        return result;
    result = vpio_process_use(&program->process, program->device);
    program->guest.port.window = program->process.port.window;
    return result;
}

/* Whether it was taken by force, and whether more than the device is lost by that, the next grab tells. */
static int64_t own_once(struct program *program)
{
    int64_t result;

    vpio_job_become(&program->end, VPIO_JOB_ACTIVITY_WAITING);
    result = await_device(program);
    if (result != VPIO_OK)
        return result;
    vpio_job_own(&program->end, program->guest.generation);
    work(program);
    give_back(program);
    note_progress(program);
    return VPIO_OK;
}

/* Who can neither send nor receive any more has done, and only awaits the end. */
static void sleep_without_device(struct program *program)
{
    int has_done = program->has_frames && !(program->flags & VPIO_JOB_RECEIVES);

    note_progress(program);
    vpio_job_become(&program->end, has_done ? VPIO_JOB_ACTIVITY_DONE : VPIO_JOB_ACTIVITY_SLEEPING);
    nap(NAP_NS);
}

/* ---- The job ---- */

static int64_t come_up(struct program *program)
{
    int64_t result = vpio_process_use(&program->process, program->device);

    if (result == VPIO_OK)
        result = vpio_guest_attach(&program->guest, &program->process.port, program->device);
    if (result != VPIO_OK)
        return result;
    vpio_job_become(&program->end, VPIO_JOB_ACTIVITY_READY);
    while (vpio_job_phase(&program->end) == VPIO_JOB_PHASE_STARTING)
        nap(SHORT_NAP_NS);
    program->sending_since_ns = vpio_process_now_ns();
    return VPIO_OK;
}

static int64_t do_job(struct program *program)
{
    int64_t result = come_up(program);

    while (result == VPIO_OK && !is_over(program)) {
        if (wants_device(program))
            result = own_once(program);
        else
            sleep_without_device(program);
    }
    return result;
}

static int tell_end(struct program *program, int64_t result)
{
    char sentence[VPIO_JOB_FAILURE_BYTES];

    if (result == VPIO_OK || result == -VPIO_EACCES) {
        vpio_job_become(&program->end, result == VPIO_OK ? VPIO_JOB_ACTIVITY_DONE : VPIO_JOB_ACTIVITY_STOPPED);
        return EXIT_DONE;
    }
    (void)snprintf(sentence, sizeof sentence, "The device %u is not to be had: a hypercall answered %lld (docs/abi.md, Results).", (unsigned)program->device, (long long)result);
    vpio_job_fail(&program->end, sentence);
    return EXIT_FAILED;
}

static const char *open_job(struct program *program)
{
    const char *reason = vpio_job_open(&program->end, program->process.application, program->process.application_bytes);

    if (reason == NULL)
        reason = vpio_traffic_open(&program->traffic, program->end.job, program->process.application_bytes);
    if (reason != NULL)
        return reason;
    program->device = vpio_le32(program->end.job->device);
    program->flags = vpio_le32(program->end.job->flags);
    program->rate = vpio_le32(program->end.job->rate);
    program->has_frames = vpio_le32(program->end.job->frame_count) != 0;
    program->is_drained = 1;
    return NULL;
}

int main(void)
{
    struct program *program = &guest_program;
    const char *reason;

    /* What is said when the hypervisor has ended may find nobody to read it. */
    (void)signal(SIGPIPE, SIG_IGN);
    reason = vpio_process_attach(&program->process, leave_without_hypervisor);
    if (reason == NULL)
        reason = open_job(program);
    if (reason != NULL) {
        (void)fprintf(stderr, "vpio-guest: %s. See vpio run --guest-kind c.\n", reason);
        return EXIT_NO_GUEST;
    }
    return tell_end(program, do_job(program));
}
