/* SPDX-License-Identifier: MIT */
/*
 * A small guest driver for a shared network device, on the generated headers
 * alone: C99 and the compiler's atomics, no library. One device, one thread.
 * Specified in docs/abi.md and docs/nic.md.
 */
#ifndef VPIO_GUEST_H
#define VPIO_GUEST_H

#include "vpio.h"
#include "vpio_nic.h"

#define VPIO_GUEST_RING_ENTRIES 64U
#define VPIO_GUEST_BUFFER_BYTES 2048U
/* One page of rings, then the buffers of both. */
#define VPIO_GUEST_MEMORY_BYTES (4096U + 2U * VPIO_GUEST_RING_ENTRIES * VPIO_GUEST_BUFFER_BYTES)

/* All that a guest has of its hypervisor. Every pointer stays valid while the guest runs. */
struct vpio_port {
    void *context;
    /* The hypercall: a full fence on both sides. The argument has 128 bytes. */
    int64_t (*call)(void *context, uint32_t cmd, void *argument);
    /* Wakes a device that sleeps. */
    void (*kick)(void *context, uint32_t device);
    /* Reads the counter that the guest page converts, the time stamp counter of a virtual machine: no call. 0: there is none. */
    uint64_t (*read_counter)(void *context);
    const struct vpio_device_page *device_page;
    struct vpio_guest_page *guest_page;
    uint8_t *window;
    uint8_t *memory;
    uint64_t memory_bytes;
};

/* Transmit or receive, as the device was last seen to know it. */
struct vpio_guest_half {
    uint64_t looked_in;  /* The ownership in which the control register was looked at. */
    uint32_t is_set_up;
    uint32_t is_offered; /* Turned on, and not yet seen to run. */
};

struct vpio_guest {
    struct vpio_port port;
    uint64_t generation; /* Of the ownership that was granted last. */
    uint64_t mac_address;
    uint64_t epoch; /* Of the hypervisor that it negotiated with. */
    uint64_t consumed_before; /* The device's count when the transmit ring was set up. */
    uint64_t tx_lost;
    struct vpio_guest_half tx;
    struct vpio_guest_half rx;
    uint32_t device;
    uint32_t events;  /* Taken and not yet looked at. */
    uint32_t doubts;  /* Events after which a wait asks again. */
    uint32_t tx_tail; /* Posted since the ring was set up. */
    uint32_t rx_head; /* Taken out. */
    uint16_t domain_id;
};

/* How much memory a struct vpio_guest takes, for callers in other languages. */
uint32_t vpio_guest_bytes(void);

/*
 * Checks the pages, agrees on a version, and maps VPIO_GUEST_MEMORY_BYTES.
 * 0, -VPIO_EINVAL for a page that is none, of other sizes or of another epoch
 * than the hypervisor's, -VPIO_EOPNOTSUPP for another major version, -VPIO_ENOMEM for too little memory, or what a hypercall answered.
 */
int64_t vpio_guest_attach(struct vpio_guest *guest, const struct vpio_port *port, uint32_t device);

/* Asks for the device: VPIO_OK, VPIO_QUEUED (only if queue is not 0), -VPIO_EINVAL when the hypervisor was started anew since the guest attached, or another errno, negative. */
int64_t vpio_guest_grab(struct vpio_guest *guest, int queue);

/*
 * After VPIO_QUEUED: sleeps until the device is granted. VPIO_OK, -VPIO_ENODEV
 * when the device is gone, -VPIO_EACCES when the guest was stopped or is
 * quarantined, -VPIO_ETIMEDOUT (it waits on), or another errno.
 */
int64_t vpio_guest_await(struct vpio_guest *guest, uint64_t timeout_ns);

/* Not 0 when the device was asked back, or is not held any more: one load. */
int vpio_guest_must_stop(const struct vpio_guest *guest);

/* What happened since the last time, VPIO_EVENT_*: hints, each a reason to look. Makes no call. */
uint32_t vpio_guest_events(struct vpio_guest *guest);

/* What vpio_guest_remaining_slice and _grace answer when no end is set, or the hypervisor gives no clock. */
#define VPIO_GUEST_NO_LIMIT (~(uint64_t)0)

/* How much of the slice is left, nanoseconds; 0 once the device was asked back or is not held. Makes no call. */
uint64_t vpio_guest_remaining_slice(const struct vpio_guest *guest);

/* How much of the grace is left before the device is taken by force, nanoseconds; 0 when it is not held. Makes no call. */
uint64_t vpio_guest_remaining_grace(const struct vpio_guest *guest);

/* Gives the device back: VPIO_OK, or -VPIO_EPERM when it was not held. */
int64_t vpio_guest_release(struct vpio_guest *guest);

/* Posts a frame and rings: 1, or 0 when the ring is full or the device must be released first, -VPIO_EINVAL for a bad length. */
int64_t vpio_guest_send(struct vpio_guest *guest, const uint8_t *frame, uint32_t length);

/* How many frames are posted and not yet taken by the device; none when it lost its ring. Only while it is held. */
uint32_t vpio_guest_outstanding(struct vpio_guest *guest);

/*
 * Sleeps until the device took what is posted or filled a buffer, is asked
 * back, or the time is up; interrupts says which of the two,
 * VPIO_NIC_INTERRUPT_*. Returns at once where that is so already, and may
 * return for no reason: the caller looks. Only while it is held.
 */
void vpio_guest_rest(struct vpio_guest *guest, uint32_t interrupts, uint64_t timeout_ns);

/* How many posted frames were lost with the device's context so far, the last that were posted each time. Complete while it is held, when a RESET may have come before. */
uint64_t vpio_guest_lost(struct vpio_guest *guest);

/* Takes a frame out: its length, or 0 when there is none or the device must be released first; the ring is set up when nothing is left in it. A frame longer than the room, which 1514 bytes always are enough for, is passed over. */
uint32_t vpio_guest_receive(struct vpio_guest *guest, uint8_t *frame, uint32_t room);

#endif /* VPIO_GUEST_H */
