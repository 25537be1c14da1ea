/* SPDX-License-Identifier: MIT */
/*
 * The program of a guest in vpio run: takes the device in turn, sends what the
 * job says, receives what comes, and reports each frame. It needs no library,
 * and is the same in a process and in a virtual machine. Specified in
 * docs/guest-programs.md.
 */
#ifndef VPIO_PROGRAM_H
#define VPIO_PROGRAM_H

#include "vpio_guest.h"
#include "vpio_job.h"
#include "vpio_traffic.h"

/* How a program ends: as vpio guest does. */
#define VPIO_PROGRAM_DONE 0
#define VPIO_PROGRAM_FAILED 1
#define VPIO_PROGRAM_NO_GUEST 2

/* What the program has of the kind of guest that it is. */
struct vpio_program_body {
    void *context;
    const struct vpio_port *port;
    /* A clock that only goes on, nanoseconds. */
    uint64_t (*now_ns)(void *context);
    /* Sleeps for about so long; it may end sooner. */
    void (*nap)(void *context, uint64_t ns);
    /* Puts the register window of a device into the port: VPIO_OK, or -VPIO_ENODEV. After every grant, before the driver is used. */
    int64_t (*use_device)(void *context, uint32_t device);
};

/* Large: of static storage, all zeros before it is opened. */
struct vpio_program {
    struct vpio_program_body body;
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

/* Takes the job up. NULL, or why there is none that this program knows. */
const char *vpio_program_open(struct vpio_program *program, const struct vpio_program_body *body, uint8_t *application, uint64_t application_bytes);

/* Does the job, from coming up until the run is over: VPIO_PROGRAM_DONE, also when the guest was stopped, or VPIO_PROGRAM_FAILED, with the reason in the job. */
int vpio_program_run(struct vpio_program *program);

#endif /* VPIO_PROGRAM_H */
