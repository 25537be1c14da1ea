/* SPDX-License-Identifier: MIT */
/*
 * VPIO: a guest in a process of its own on the same Linux. Control socket
 * and call slots. Generated from the types of Vpio.Abi by "vpio abi --format
 * c": do not edit.
 */

#ifndef __VPIO_PUBLIC_VPIO_PROCESS_H__
#define __VPIO_PUBLIC_VPIO_PROCESS_H__

#include "vpio.h"

/* ---- Control socket ---- */

/*
 * ControlKind: Numbers the messages on the control socket of a guest in a
 * process of its own. Source: docs/guests.md, "Control socket".
 */

/* No message. */
#define VPIO_CONTROL_KIND_NONE 0U
/*
 * Asks for what every guest has. The answer brings four descriptors: device
 * page, guest page, guest memory, call area.
 */
#define VPIO_CONTROL_KIND_ATTACH 1U
/* Has a call slot served from now on. No answer. */
#define VPIO_CONTROL_KIND_SERVE 2U
/*
 * Asks for the register window of a device. The answer brings its
 * descriptor; none when the device is not assigned to the guest.
 */
#define VPIO_CONTROL_KIND_WINDOW 3U
/* Wakes a device that sleeps. No answer. */
#define VPIO_CONTROL_KIND_KICK 4U

/*
 * ControlMessage: Is a message on the socket between the hypervisor and a
 * guest in a process of its own: what is asked for, and the answer, with
 * descriptors beside it. The socket is of the kind SOCK_SEQPACKET: a message
 * is sent and received whole. Requests come from the guest; answers have the
 * kind of their request and come in the order of the requests. Source:
 * docs/guests.md, "Control socket".
 */

/* The size of a message, bytes. */
#define VPIO_CONTROL_MESSAGE_SIZE 32
/* The descriptor of the socket in the guest's process, from its start on. */
#define VPIO_CONTROL_MESSAGE_DESCRIPTOR 3
struct vpio_control_message {
    /*
     * [GST] and [HV]: what it is, a VPIO_CONTROL_KIND_*. Unit: number.
     * Ordering: the socket's.
     */
    uint32_t kind;
    /*
     * [GST] and [HV]: which device or which call slot. Unit: index.
     * Ordering: the socket's.
     */
    uint32_t index;
    /*
     * [HV] How long what came with it is, bytes: the guest's memory, or a
     * window; 0: there is none. Unit: bytes. Ordering: the socket's.
     */
    uint64_t length_bytes;
    /*
     * [HV] How long the application memory is that follows the guest's
     * memory in the same file, bytes. Unit: bytes. Ordering: the socket's.
     */
    uint64_t application_bytes;
    uint64_t reserved0;
};

/* ---- Calls ---- */

/*
 * CallSlot: Carries one hypercall of a guest in a process of its own, there
 * and back. The guest writes cmd and argument, then adds 1 to turn, which is
 * odd now: the hypervisor's turn. That writes the outputs and result, and
 * adds 1 again. Who waits spins for a moment, says that it sleeps, looks
 * once more, and sleeps on turn by futex; who has passed the turn looks
 * whether the other sleeps, and wakes it. Source: docs/guests.md, "Call
 * slot".
 */

/* The size of a slot, bytes: three cache lines. */
#define VPIO_CALL_SLOT_SIZE 192
struct vpio_call_slot {
    /*
     * Whose turn it is: even the guest's, odd the hypervisor's; [GST] and
     * [HV] add 1 in turn. The futex word of both. Unit: turns, modulo 2^32.
     * Ordering: store-release after all else in the slot, then a full fence
     * before the other's flag is looked at.
     */
    uint32_t turn;
    /*
     * [GST] The operation, a VPIO_DEVICE_OP_*. Unit: number. Ordering:
     * written before turn.
     */
    uint32_t cmd;
    /*
     * [HV] The result: a VPIO_DEVICE_STATUS_*, in two's complement. Unit:
     * status. Ordering: written before turn.
     */
    uint64_t result;
    /*
     * [HV] Not 0 while the hypervisor sleeps on turn, or is about to: wake
     * it after passing the turn. Unit: flag, 0 or not. Ordering: written
     * with a full fence before the last look at turn.
     */
    uint32_t hypervisor_asleep;
    /*
     * [GST] Not 0 while the guest sleeps on turn, or is about to: wake it
     * after passing the turn. Unit: flag, 0 or not. Ordering: written with a
     * full fence before the last look at turn.
     */
    uint32_t guest_asleep;
    uint64_t reserved[5];
    /*
     * [GST] writes the inputs, [HV] the outputs. Unit: as the operation
     * says. Ordering: written before turn.
     */
    struct vpio_device_op_argument argument;
};

/*
 * CallArea: Is the memory through which a guest in a process of its own
 * makes its hypercalls: a header and 16 call slots, one page. One for each
 * guest, private to it and the hypervisor. A thread of the guest takes a
 * slot for the time of a call, so that none waits for another. Source:
 * docs/guests.md, "Call area".
 */

/* The size of the area, bytes. */
#define VPIO_CALL_AREA_SIZE 4096
/* How many slots there are. */
#define VPIO_CALL_AREA_SLOT_COUNT 16
/* Where the first slot begins, bytes from the start of the area. */
#define VPIO_CALL_AREA_SLOTS_OFFSET 1024
/* The value of magic: the bytes "VPIC". */
#define VPIO_CALL_AREA_MAGIC 0x43495056U
struct vpio_call_area {
    /*
     * [HV] VPIO_CALL_AREA_MAGIC. Unit: none. Ordering: constant from before
     * the area is shared.
     */
    uint32_t magic;
    /*
     * [HV] The major version of the ABI. Unit: version number. Ordering:
     * constant from before the area is shared.
     */
    uint16_t major;
    /*
     * [HV] The minor version of the ABI. Unit: version number. Ordering:
     * constant from before the area is shared.
     */
    uint16_t minor;
    /*
     * [HV] How many slots the area has. Unit: slots. Ordering: constant from
     * before the area is shared.
     */
    uint32_t slots;
    /*
     * [HV] The size of a slot, bytes. Unit: bytes. Ordering: constant from
     * before the area is shared.
     */
    uint32_t slot_size_bytes;
    uint64_t reserved0[6];
    /*
     * [HV] One more for a device each time its register window of before is
     * no more the guest's: ask for it again. Unit: windows, modulo 2^32.
     * Ordering: store-release by the hypervisor, load-acquire by the guest.
     */
    uint32_t window_versions[64];
    uint64_t reserved1[88];
    /* [GST] and [HV]: the call slots. Unit: none. Ordering: each slot's own. */
    struct vpio_call_slot calls[16];
};

#endif /* __VPIO_PUBLIC_VPIO_PROCESS_H__ */
