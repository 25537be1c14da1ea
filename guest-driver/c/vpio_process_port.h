/* SPDX-License-Identifier: MIT */
/*
 * The port of a guest in a process of its own: pages, memory and windows by
 * descriptors of the hypervisor, hypercalls by a call slot in shared memory.
 * Linux, 64 bits, one thread, one guest in a process. Specified in
 * docs/guests.md, "A process of its own".
 */
#ifndef VPIO_PROCESS_PORT_H
#define VPIO_PROCESS_PORT_H

#include "vpio_guest.h"
#include "vpio_process.h"

struct vpio_process_port {
    struct vpio_port port; /* What a driver is given; its context is this. No window before vpio_process_use. */
    uint8_t *application;  /* What the program shares with domain 0, and no device reaches. */
    uint64_t application_bytes;
    struct vpio_call_area *calls;
    uint64_t spin_ns; /* How long a call is waited for awake. */
    uint64_t window_bytes;
    uint32_t window_version;
    uint32_t device; /* Whose window it is. */
    uint32_t is_served;
};

/*
 * Attaches this process by VPIO_CONTROL_MESSAGE_DESCRIPTOR. NULL, or why it
 * cannot. The port stays where it is for as long as the process runs.
 *
 * ended is called when the hypervisor has ended, at whatever instruction this
 * process is by then, asleep or not: by a handler of SIGIO, which is this
 * port's. It may use what a handler of a signal may, and must end the process,
 * for the pages say for ever what they said last.
 */
const char *vpio_process_attach(struct vpio_process_port *process, void (*ended)(void));

/*
 * Puts the register window of a device into the port, by asking for it where
 * that has not been done, or where the former one is dead: after every grant,
 * before the driver is used. VPIO_OK, or -VPIO_ENODEV when the device is not
 * assigned to this guest; the window of before stays mapped then.
 */
int64_t vpio_process_use(struct vpio_process_port *process, uint32_t device);

/* Nanoseconds of the monotonic clock, the counter of every guest in a process. */
uint64_t vpio_process_now_ns(void);

#endif /* VPIO_PROCESS_PORT_H */
