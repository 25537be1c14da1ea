/* SPDX-License-Identifier: MIT */
/*
 * The port of a guest in a virtual machine: pages, memory and windows where
 * the machine info says that they are, hypercalls by OUT. x86-64, one
 * processor, freestanding. Specified in docs/guests.md, "A virtual machine".
 */
#ifndef VPIO_MACHINE_PORT_H
#define VPIO_MACHINE_PORT_H

#include "vpio_guest.h"
#include "vpio_machine.h"
#include "vpio_process.h"

struct vpio_machine_port {
    struct vpio_port port; /* What a driver is given; its context is this. No window before vpio_machine_use. */
    uint8_t *application;  /* What the program shares with domain 0, and no device reaches. */
    uint64_t application_bytes;
    uint8_t *windows;
    uint64_t window_stride_bytes;
    struct vpio_call_area *calls;
};

/* Fills a port in from the machine info, whose address a program is entered with. NULL, or why it cannot. */
const char *vpio_machine_attach(struct vpio_machine_port *machine, const struct vpio_machine_info *info);

/* Puts the register window of a device into the port: VPIO_OK, or -VPIO_ENODEV for one that there cannot be. While the device is not owned no device answers there. */
int64_t vpio_machine_use(struct vpio_machine_port *machine, uint32_t device);

/* The hypervisor's clock, nanoseconds: no exit. */
uint64_t vpio_machine_now_ns(const struct vpio_machine_port *machine);

/* Sleeps for so long, a second at most, or until a notification comes. */
void vpio_machine_sleep(uint64_t ns);

/* Ends the guest. */
void vpio_machine_end(uint32_t exit_code) __attribute__((noreturn));

/* How often a notification interrupted this guest, modulo 2^32. */
uint32_t vpio_machine_upcalls(void);

#endif /* VPIO_MACHINE_PORT_H */
