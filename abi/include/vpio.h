/* SPDX-License-Identifier: MIT */
/*
 * VPIO: several guests time-share a device that cannot share itself. Pages,
 * state word and hypercalls. Generated from the types of Vpio.Abi by "vpio
 * abi --format c": do not edit.
 */

#ifndef __VPIO_PUBLIC_VPIO_H__
#define __VPIO_PUBLIC_VPIO_H__

/*
 * Fixed-width types. A kernel that has its own uint8_t to uint64_t defines
 * VPIO_NO_STDINT before it includes this.
 */
#ifndef VPIO_NO_STDINT
#include <stdint.h>
#endif

#if defined(__cplusplus) || (defined(__STDC_VERSION__) && __STDC_VERSION__ >= 199901L)
#define VPIO_INLINE static inline
#elif defined(__GNUC__)
#define VPIO_INLINE static __inline__ __attribute__((__unused__))
#else
#define VPIO_INLINE static
#endif

/*
 * Everything in shared memory is little-endian, whatever the processor is.
 * A big-endian guest converts each field that it reads or writes with
 * vpio_le16, vpio_le32 and vpio_le64, which change nothing elsewhere.
 * A compiler that does not tell its byte order needs VPIO_BIG_ENDIAN
 * defined as 0 or 1.
 */
#ifndef VPIO_BIG_ENDIAN
#if defined(__BYTE_ORDER__) && defined(__ORDER_BIG_ENDIAN__)
#define VPIO_BIG_ENDIAN (__BYTE_ORDER__ == __ORDER_BIG_ENDIAN__)
#elif defined(_WIN32)
#define VPIO_BIG_ENDIAN 0
#else
#error "Define VPIO_BIG_ENDIAN as 0 or 1: this compiler does not tell its byte order."
#endif
#endif

VPIO_INLINE uint16_t vpio_le16(uint16_t value)
{
    return (uint16_t)(VPIO_BIG_ENDIAN ? (value >> 8) | (value << 8) : value);
}

VPIO_INLINE uint32_t vpio_le32(uint32_t value)
{
    return VPIO_BIG_ENDIAN
        ? ((uint32_t)vpio_le16((uint16_t)(value & 0xffffU)) << 16) | vpio_le16((uint16_t)(value >> 16))
        : value;
}

VPIO_INLINE uint64_t vpio_le64(uint64_t value)
{
    return VPIO_BIG_ENDIAN
        ? ((uint64_t)vpio_le32((uint32_t)(value & 0xffffffffU)) << 32) | vpio_le32((uint32_t)(value >> 32))
        : value;
}

/* ---- Version ---- */

/* VpioVersion: Holds the numbers that name this version of the ABI. */

/*
 * The hypercall number of HYPERVISOR_device_op, provisional: upstream Xen
 * has not allocated it.
 */
#define __HYPERVISOR_device_op 47U
/*
 * The major version: a guest and a hypervisor work together only if they
 * have one in common.
 */
#define VPIO_VERSION_MAJOR 1
/* The minor version: grows by additions that an older peer may ignore. */
#define VPIO_VERSION_MINOR 0
/*
 * The features of this version that a guest may turn on; unknown bits are
 * ignored.
 */
#define VPIO_FEATURES ((uint64_t)0U)

/* ---- The state word ---- */

/*
 * DomainId: Names a domain (a guest, or domain 0) as Xen does: 16 bits,
 * below VPIO_DOMID_FIRST_RESERVED. Source: domid_t in Xen's public/xen.h.
 */

/* The first number that names no domain of its own (DOMID_FIRST_RESERVED). */
#define VPIO_DOMID_FIRST_RESERVED 0x7ff0
/* The number behind VPIO_DOMID_INVALID (DOMID_INVALID). */
#define VPIO_DOMID_INVALID 0x7ff4

/*
 * DeviceState: Names what a device is doing, the lowest byte of its state
 * word. Zero is idle, anything else is busy.
 */

/* Nobody holds the device. A hint and no permission: a grab may still fail. */
#define VPIO_STATE_FREE 0
/* The owner holds the device and drives it. */
#define VPIO_STATE_OWNED 1
/*
 * The owner still holds the device, and was asked by an upcall to stop and
 * release it.
 */
#define VPIO_STATE_REVOKING 2
/*
 * The hypervisor holds the device: it quiesces, resets or switches context.
 * The owner field names the guest that is next, if it is decided.
 */
#define VPIO_STATE_RECLAIMING 3
/* The device is unplugged, or the slot is unused. */
#define VPIO_STATE_OFFLINE 4

/*
 * Generation: Numbers the ownerships of a device: 40 bits, one more at every
 * grant, and when a device that nobody owns is reset or plugged in. At a
 * million grants a second it wraps after 12 days. A holder cannot be that
 * stale: an ownership ends at the latest with its grace, and a lease
 * compares its generation at every access.
 */

/* The bits that count. */
#define VPIO_GENERATION_MASK (((uint64_t)0xffU << 32) | 0xffffffffU)

/*
 * StateWord: Is the ownership of a device in one word: state (bits 0-7),
 * owner (8-23), generation (24-63). Always read and replaced whole: the pair
 * of owner and generation is the ownership, so a stale holder never passes
 * for the present one. Source: docs/abi.md, "The state word".
 */

/* How many bits the state has, from bit 0 on. */
#define VPIO_STATE_WORD_STATE_BITS 8
/* The lowest bit of the owner. */
#define VPIO_STATE_WORD_OWNER_SHIFT 8
/* How many bits the owner has. */
#define VPIO_STATE_WORD_OWNER_BITS 16
/* The lowest bit of the generation. */
#define VPIO_STATE_WORD_GENERATION_SHIFT 24
/* How many bits the generation has. */
#define VPIO_STATE_WORD_GENERATION_BITS 40

/* ---- Device page ---- */

/*
 * DeviceClass: Names what kind of device stands behind a slot, and so whose
 * register file its window shows.
 */

/* No device. */
#define VPIO_CLASS_NONE 0U
/* The network device of docs/nic.md. */
#define VPIO_CLASS_NETWORK 1U

/*
 * DevicePageHeader: Heads the device page: what it is, and how it is laid
 * out. Source: docs/abi.md, "Device page".
 */

/* The size of the header, bytes. */
#define VPIO_DEVICE_PAGE_HEADER_SIZE 64
/* The value of magic: the bytes "VPIO". */
#define VPIO_DEVICE_PAGE_MAGIC 0x4f495056U
struct vpio_device_page_header {
    /*
     * [HV] VPIO_DEVICE_PAGE_MAGIC. Unit: none. Ordering: constant from
     * before the page is shared.
     */
    uint32_t magic;
    /*
     * [HV] The major version of the ABI. Unit: version number. Ordering:
     * constant from before the page is shared.
     */
    uint16_t major;
    /*
     * [HV] The minor version of the ABI. Unit: version number. Ordering:
     * constant from before the page is shared.
     */
    uint16_t minor;
    /*
     * [HV] The features that the hypervisor offers. Unit: bit set. Ordering:
     * constant from before the page is shared.
     */
    uint64_t features;
    /*
     * [HV] The size of the page, bytes. Unit: bytes. Ordering: constant from
     * before the page is shared.
     */
    uint32_t page_size_bytes;
    /*
     * [HV] The size of a slot, bytes. Unit: bytes. Ordering: constant from
     * before the page is shared.
     */
    uint32_t slot_size_bytes;
    /*
     * [HV] How many slots the page has. Unit: slots. Ordering: constant from
     * before the page is shared.
     */
    uint32_t slot_count;
    /*
     * [HV] How many slots have a device now. Unit: devices. Ordering: a
     * hint, relaxed.
     */
    uint32_t device_count;
    /*
     * [HV] New at every start of the hypervisor, never 0: a guest that sees
     * it change must negotiate again. Unit: none, any change counts.
     * Ordering: constant from before the page is shared.
     */
    uint64_t epoch;
    uint64_t reserved0;
    uint64_t reserved1;
    uint64_t reserved2;
};

/*
 * DeviceSlot: Is a device's entry in the device page: one cache line, so
 * that devices never share one. Ordering: acquire-load state first; the
 * other fields are hints about it. Source: docs/abi.md, "Device page".
 */

/* The size of a slot, bytes. */
#define VPIO_DEVICE_SLOT_SIZE 64
struct vpio_device_slot {
    /*
     * [HV] The state word. Shared word: only through DeviceSlot.ReadState
     * and atomic operations. Unit: state word. Ordering: load-acquire by
     * guests, full fence by the hypervisor; read and replaced whole.
     */
    uint64_t state;
    /*
     * [HV] When the owner's slice ends, nanoseconds of the hypervisor's
     * monotonic clock; 0: no limit while nobody waits. Unit: nanoseconds of
     * the hypervisor's monotonic clock. Ordering: a hint, relaxed; what it
     * belongs to is told by state.
     */
    uint64_t slice_end_ns;
    /*
     * [HV] When a revoked owner is stopped by force, nanoseconds of the same
     * clock; 0: not revoked. Unit: nanoseconds of the hypervisor's monotonic
     * clock. Ordering: a hint, relaxed; what it belongs to is told by state.
     */
    uint64_t grace_end_ns;
    /*
     * [HV] How many guests are queued, a hint. Unit: guests. Ordering: a
     * hint, relaxed; what it belongs to is told by state.
     */
    uint32_t waiters;
    /*
     * [HV] The VPIO_CLASS_* of the device; 0 for an unused slot. Unit: class
     * number. Ordering: changes only while state is offline.
     */
    uint32_t device_class;
    /*
     * [HV] How often the device was granted so far. Unit: grants. Ordering:
     * a hint, relaxed; what it belongs to is told by state.
     */
    uint64_t grants;
    /*
     * [HV] How many owners were stopped by force so far. Unit: stops.
     * Ordering: a hint, relaxed; what it belongs to is told by state.
     */
    uint64_t forced_stops;
    /*
     * [HV] How many upcalls for a used-up slice were sent so far. Unit:
     * upcalls. Ordering: a hint, relaxed; what it belongs to is told by
     * state.
     */
    uint64_t revocations;
    uint64_t reserved;
};

/*
 * DevicePage: Is the page that shows every device of a hypervisor to its
 * guests: a header of 64 bytes and 63 slots of 64. Guests map it read-only.
 * Source: docs/abi.md, "Device page".
 */

/* The size of the page, bytes. */
#define VPIO_DEVICE_PAGE_SIZE 4096
/* How many slots there are. */
#define VPIO_DEVICE_PAGE_SLOT_COUNT 63
/* Where the first slot begins, bytes from the start of the page. */
#define VPIO_DEVICE_PAGE_SLOTS_OFFSET 64
struct vpio_device_page {
    /*
     * [HV] What the page is and how it is laid out. Unit: none. Ordering:
     * constant from before the page is shared.
     */
    struct vpio_device_page_header header;
    /* [HV] A slot for each device. Unit: none. Ordering: each slot's own. */
    struct vpio_device_slot slots[63];
};

/* ---- Guest page ---- */

/*
 * DeviceEvents: Says what happened to a device, the bits of events. All are
 * hints: act on the state word.
 */

/* Nothing happened. */
#define VPIO_EVENT_NONE 0U
/* A queued grab was granted. */
#define VPIO_EVENT_GRANTED 1U
/* The slice is used up: stop and release. */
#define VPIO_EVENT_REVOKE 2U
/*
 * Frames are parked for the guest: it gets them when it next holds the
 * device.
 */
#define VPIO_EVENT_RX_PENDING 4U
/*
 * The device's context of this guest is lost, or its place in the queue:
 * look at the registers, and ask again.
 */
#define VPIO_EVENT_RESET 8U
/* The device is gone, and with it all that the guest had of it. */
#define VPIO_EVENT_REMOVED 16U
/*
 * The device that the guest holds raised the interrupt that the guest had
 * armed in its registers.
 */
#define VPIO_EVENT_INTERRUPT 32U

/*
 * GuestPageHeader: Heads the guest page: what it is, and whose. Source:
 * docs/abi.md, "Guest page".
 */

/* The size of the header, bytes. */
#define VPIO_GUEST_PAGE_HEADER_SIZE 64
/* The value of magic: the bytes "VPIG". */
#define VPIO_GUEST_PAGE_MAGIC 0x47495056U
struct vpio_guest_page_header {
    /*
     * [HV] VPIO_GUEST_PAGE_MAGIC. Unit: none. Ordering: constant from before
     * the page is shared.
     */
    uint32_t magic;
    /*
     * [HV] The major version of the ABI. Unit: version number. Ordering:
     * constant from before the page is shared.
     */
    uint16_t major;
    /*
     * [HV] The minor version of the ABI. Unit: version number. Ordering:
     * constant from before the page is shared.
     */
    uint16_t minor;
    /*
     * [HV] The domain id of the guest. Unit: domain id. Ordering: constant
     * from before the page is shared.
     */
    uint16_t domain_id;
    uint16_t reserved0;
    uint32_t reserved1;
    /*
     * [HV] The epoch of the hypervisor, as in epoch. Unit: none, any change
     * counts. Ordering: constant from before the page is shared.
     */
    uint64_t epoch;
    uint64_t reserved2;
    uint64_t reserved3;
    uint64_t reserved4;
    uint64_t reserved5;
    uint64_t reserved6;
};

/*
 * GuestPage: Is a guest's own page: its upcalls. The guest may write all of
 * it, so the hypervisor trusts nothing that it reads here. Ordering: the
 * hypervisor ORs events, then pending_selector, then exchanges
 * upcall_pending with 1 and notifies when that was 0 and upcall_mask is 0.
 * The guest clears upcall_pending, makes a full fence, exchanges
 * pending_selector and then each events word with 0. It is the order of
 * Xen's event channels, and closes the race between setting and checking. A
 * guest that unmasks must fence and then look at upcall_pending itself.
 * Source: docs/abi.md, "Guest page"; Xen's public/event_channel.h.
 */

/* The size of the page, bytes. */
#define VPIO_GUEST_PAGE_SIZE 4096
/* Where the events words begin, bytes from the start of the page. */
#define VPIO_GUEST_PAGE_EVENTS_OFFSET 128
/* How many events words there are; the last has no device and stays zero. */
#define VPIO_GUEST_PAGE_EVENTS_COUNT 64
struct vpio_guest_page {
    /*
     * [HV] What the page is, and whose. Unit: none. Ordering: constant from
     * before the page is shared.
     */
    struct vpio_guest_page_header header;
    /*
     * [HV] sets it after the event bits, [GST] clears it before it looks at
     * them. Unit: flag, 0 or 1. Ordering: exchanged with a full fence by the
     * hypervisor, after the event bits; cleared by the guest with a full
     * fence after it.
     */
    uint8_t upcall_pending;
    /*
     * [GST] While non-zero no notification is sent; events still gather.
     * Unit: flag, 0 or not. Ordering: a guest that clears it makes a full
     * fence and then looks at upcall_pending.
     */
    uint8_t upcall_mask;
    uint16_t reserved0;
    /*
     * [HV] One more at every notification: the word that a sleeping guest
     * waits on. Unit: notifications, modulo 2^32. Ordering: added to with a
     * full fence, after upcall_pending.
     */
    uint32_t notify_sequence;
    /*
     * [HV] sets bit n when device n has events, [GST] takes all bits with an
     * exchange. Unit: bit set, a bit a device. Ordering: ORed with a full
     * fence by the hypervisor after the events word; exchanged with 0 by the
     * guest before the events words.
     */
    uint64_t pending_selector;
    /*
     * [HV] With the next three, the hypervisor's clock: ns = ns_base + ((tsc
     * - tsc_base) * tsc_mul >> tsc_shift), the difference modulo 2^64, the
     * product of 96 bits. Unit: ticks of the time stamp counter. Ordering:
     * written before the page is shared, constant while tsc_mul is not 0.
     */
    uint64_t tsc_base;
    /*
     * [HV] The hypervisor's monotonic clock at tsc_base, nanoseconds. Unit:
     * nanoseconds. Ordering: written before the page is shared, constant
     * while tsc_mul is not 0.
     */
    uint64_t ns_base;
    /*
     * [HV] The multiplier of that formula; 0: there is no conversion, and
     * ends of slice and grace cannot be compared with a clock of the guest.
     * Unit: nanoseconds a tick, times 2 to the tsc_shift. Ordering: written
     * before the page is shared, constant while tsc_mul is not 0.
     */
    uint32_t tsc_mul;
    /*
     * [HV] The shift of that formula, 0 to 32 bits. Unit: bits. Ordering:
     * written before the page is shared, constant while tsc_mul is not 0.
     */
    uint32_t tsc_shift;
    uint64_t reserved1;
    uint64_t reserved2;
    uint64_t reserved3;
    /*
     * The bits of VPIO_EVENT_* of each device: [HV] ORs them, [GST] takes
     * them with an exchange. Unit: bit set. Ordering: ORed with a full
     * fence, before pending_selector; exchanged with 0 by the guest after
     * it.
     */
    uint32_t events[64];
    uint64_t reserved[464];
};

/* ---- The hypercall ---- */

/*
 * DeviceOp: Numbers the operations of HYPERVISOR_device_op, its cmd
 * argument. Source: docs/abi.md, "The hypercall".
 */

/* Agrees on a version and features; see vpio_negotiate_args. */
#define DEVOP_negotiate 0U
/*
 * Reads a device's state, for guests that map no device page; see
 * vpio_get_state_args.
 */
#define DEVOP_get_state 1U
/* Asks to own a device, at once or in turn; see vpio_grab_args. */
#define DEVOP_grab 2U
/* Gives a device back; see vpio_release_args. */
#define DEVOP_release 3U
/* Leaves the queue of a device; see vpio_cancel_args. */
#define DEVOP_cancel 4U
/* Describes a device and the caller's use of it; see vpio_query_args. */
#define DEVOP_query 5U
/*
 * Lets the devices that the caller owns reach a range of its memory; see
 * vpio_map_args.
 */
#define DEVOP_map 6U
/* Ends that, before it returns; see vpio_unmap_args. */
#define DEVOP_unmap 7U
/* Sleeps until an upcall is pending; see vpio_wait_args. */
#define DEVOP_wait 8U

/*
 * DeviceStatus: Is the result of HYPERVISOR_device_op: 0 or a positive
 * result, or a negative Xen errno. The set is closed. Each sentence here is
 * the message that goes with the number. Source: Xen's public/errno.h.
 */

/* Done. */
#define VPIO_OK 0
/* Queued: a GRANTED upcall follows. */
#define VPIO_QUEUED 1
/* EPERM: the caller does not own the device in this generation. */
#define VPIO_EPERM 1
/* ENOENT: there is nothing of the kind to cancel or unmap. */
#define VPIO_ENOENT 2
/* ENOMEM: the hypervisor keeps no more entries of this kind for one guest. */
#define VPIO_ENOMEM 12
/*
 * EACCES: the guest is stopped; or it is quarantined, which denies it grabs
 * only.
 */
#define VPIO_EACCES 13
/* EFAULT: the argument is not memory that the hypervisor can read and write. */
#define VPIO_EFAULT 14
/* EBUSY: another guest owns the device, or others wait for it. */
#define VPIO_EBUSY 16
/*
 * EEXIST: the caller owns the device already or is about to, or the range
 * overlaps a mapping.
 */
#define VPIO_EEXIST 17
/* ENODEV: there is no such device, or it is not assigned to the caller. */
#define VPIO_ENODEV 19
/* EINVAL: a reserved field is not zero, or an argument is out of range. */
#define VPIO_EINVAL 22
/* ENOSYS: no operation has this number. */
#define VPIO_ENOSYS 38
/* EOPNOTSUPP: caller and hypervisor have no major version in common. */
#define VPIO_EOPNOTSUPP 95
/* ETIMEDOUT: the time given passed before an upcall was pending. */
#define VPIO_ETIMEDOUT 110

/*
 * DeviceOpArgument: Is the argument of any operation as plain bytes: what
 * passes through the hypercall. The hypervisor copies the inputs (bytes
 * 0-31) in once, works on the copy, and writes the outputs (bytes 32-127) of
 * that operation once. Input bytes that an operation does not use must be
 * zero, so that they can get a meaning later. Source: docs/abi.md, "The
 * hypercall".
 */

/* The size of every argument, bytes, in every version. */
#define VPIO_DEVICE_OP_ARGUMENT_BYTES 128
/* The size of the inputs, bytes from the start. */
#define VPIO_DEVICE_OP_INPUT_BYTES 32
struct vpio_device_op_argument {
    /*
     * [GST] The first eight bytes of the inputs. Unit: as the operation
     * says. Ordering: copied in once by the call.
     */
    uint64_t input0;
    /*
     * [GST] Bytes 8-15 of the inputs. Unit: as the operation says. Ordering:
     * copied in once by the call.
     */
    uint64_t input1;
    /*
     * [GST] Bytes 16-23 of the inputs. Unit: as the operation says.
     * Ordering: copied in once by the call.
     */
    uint64_t input2;
    /*
     * [GST] Bytes 24-31 of the inputs. Unit: as the operation says.
     * Ordering: copied in once by the call.
     */
    uint64_t input3;
    /*
     * [HV] The outputs: twelve times eight bytes, of which this names the
     * first. Unit: as the operation says. Ordering: written once, on success
     * only, before the call returns.
     */
    uint64_t output[12];
};

/* ---- Arguments of the operations ---- */

/*
 * NegotiateArgs: Is the argument of DEVOP_negotiate: agrees on a version and
 * features. Results: VPIO_EOPNOTSUPP: no common major version. Source:
 * docs/abi.md, "The hypercall".
 */

struct vpio_negotiate_args {
    /*
     * [GST] The major version that the guest speaks. Unit: version number.
     * Ordering: copied in once by the call.
     */
    uint16_t major;
    /*
     * [GST] The minor version that the guest knows. Unit: version number.
     * Ordering: copied in once by the call.
     */
    uint16_t minor;
    uint32_t reserved0;
    /*
     * [GST] The features that the guest would use; bits that the hypervisor
     * does not know are ignored. Unit: bit set. Ordering: copied in once by
     * the call.
     */
    uint64_t features;
    uint64_t reserved1;
    uint64_t reserved2;
    /*
     * [HV] The major version in force. Unit: version number. Ordering:
     * written once, on success only, before the call returns.
     */
    uint16_t agreed_major;
    /*
     * [HV] The lower of both minor versions. Unit: version number. Ordering:
     * written once, on success only, before the call returns.
     */
    uint16_t agreed_minor;
    /*
     * [HV] The domain id of the caller. Unit: domain id. Ordering: written
     * once, on success only, before the call returns.
     */
    uint16_t domain_id;
    uint16_t reserved3;
    /*
     * [HV] How many devices are assigned to the caller. Unit: devices.
     * Ordering: written once, on success only, before the call returns.
     */
    uint32_t devices;
    uint32_t reserved4;
    /*
     * [HV] The features that both know. Unit: bit set. Ordering: written
     * once, on success only, before the call returns.
     */
    uint64_t agreed_features;
    /*
     * [HV] The epoch of the hypervisor, as in the device page. Unit: none,
     * any change counts. Ordering: written once, on success only, before the
     * call returns.
     */
    uint64_t epoch;
    uint64_t reserved5;
    uint64_t reserved6;
    uint64_t reserved7;
    uint64_t reserved8;
    uint64_t reserved9;
    uint64_t reserved10;
    uint64_t reserved11;
    uint64_t reserved12;
};

/*
 * GetStateArgs: Is the argument of DEVOP_get_state: the device page's answer
 * for guests that map none. Results: 0, or the common errors. Source:
 * docs/abi.md, "The hypercall".
 */

struct vpio_get_state_args {
    /*
     * [GST] Which device. Unit: slot number, 0 to 62. Ordering: copied in
     * once by the call.
     */
    uint32_t device;
    uint32_t reserved0;
    uint64_t reserved1;
    uint64_t reserved2;
    uint64_t reserved3;
    /*
     * [HV] The state word; an owner other than the caller is shown as
     * VPIO_DOMID_INVALID. Unit: state word. Ordering: written once, on
     * success only, before the call returns.
     */
    uint64_t state;
    /*
     * [HV] When the owner's slice ends, nanoseconds of the hypervisor's
     * clock; 0: no limit. Unit: nanoseconds of the hypervisor's monotonic
     * clock. Ordering: written once, on success only, before the call
     * returns.
     */
    uint64_t slice_end_ns;
    /*
     * [HV] How many guests are queued, a hint. Unit: guests. Ordering:
     * written once, on success only, before the call returns.
     */
    uint32_t waiters;
    uint32_t reserved4;
    uint64_t reserved5;
    uint64_t reserved6;
    uint64_t reserved7;
    uint64_t reserved8;
    uint64_t reserved9;
    uint64_t reserved10;
    uint64_t reserved11;
    uint64_t reserved12;
    uint64_t reserved13;
};

/*
 * GrabArgs: Is the argument of DEVOP_grab: asks to own a device. Results: 0:
 * the caller owns the device. VPIO_QUEUED: it waits for it (again so when it
 * already did), and a GRANTED upcall follows. VPIO_EBUSY: owned by another,
 * or others wait. VPIO_EEXIST: the caller owns it, or is about to. Source:
 * docs/abi.md, "The hypercall".
 */

/*
 * Flag: wait in the queue when the device is not to be had at once
 * (GRAB_QUEUE).
 */
#define VPIO_GRAB_QUEUE 1U
struct vpio_grab_args {
    /*
     * [GST] Which device. Unit: slot number, 0 to 62. Ordering: copied in
     * once by the call.
     */
    uint32_t device;
    /*
     * [GST] 0, or VPIO_GRAB_QUEUE. Unit: bit set. Ordering: copied in once
     * by the call.
     */
    uint32_t flags;
    uint64_t reserved0;
    uint64_t reserved1;
    uint64_t reserved2;
    /*
     * [HV] The generation of the ownership; 0 when queued. Unit: generation,
     * 40 bits. Ordering: written once, on success only, before the call
     * returns.
     */
    uint64_t generation;
    /*
     * [HV] When the slice ends, nanoseconds of the hypervisor's clock; 0: no
     * limit while nobody waits. Unit: nanoseconds of the hypervisor's
     * monotonic clock. Ordering: written once, on success only, before the
     * call returns.
     */
    uint64_t slice_end_ns;
    /*
     * [HV] How many guests were queued besides the caller, a hint. Unit:
     * guests. Ordering: written once, on success only, before the call
     * returns.
     */
    uint32_t ahead;
    uint32_t reserved3;
    uint64_t reserved4;
    uint64_t reserved5;
    uint64_t reserved6;
    uint64_t reserved7;
    uint64_t reserved8;
    uint64_t reserved9;
    uint64_t reserved10;
    uint64_t reserved11;
    uint64_t reserved12;
};

/*
 * ReleaseArgs: Is the argument of DEVOP_release: gives a device back.
 * Results: 0. VPIO_EPERM: not the owner in this generation; a late release
 * after a forced stop changes nothing. Source: docs/abi.md, "The hypercall".
 */

struct vpio_release_args {
    /*
     * [GST] Which device. Unit: slot number, 0 to 62. Ordering: copied in
     * once by the call.
     */
    uint32_t device;
    uint32_t reserved0;
    /*
     * [GST] The generation that the caller owns it in. Unit: generation, 40
     * bits. Ordering: copied in once by the call.
     */
    uint64_t generation;
    uint64_t reserved1;
    uint64_t reserved2;
    uint64_t reserved[12];
};

/*
 * CancelArgs: Is the argument of DEVOP_cancel: leaves the queue of a device.
 * Results: 0: left the queue. VPIO_ENOENT: was not queued. VPIO_EEXIST: the
 * grant came first; await GRANTED, then use or release. Source: docs/abi.md,
 * "The hypercall".
 */

struct vpio_cancel_args {
    /*
     * [GST] Which device. Unit: slot number, 0 to 62. Ordering: copied in
     * once by the call.
     */
    uint32_t device;
    uint32_t reserved0;
    uint64_t reserved1;
    uint64_t reserved2;
    uint64_t reserved3;
    uint64_t reserved[12];
};

/*
 * QueryArgs: Is the argument of DEVOP_query: describes a device and the
 * caller's use of it. Results: 0, or the common errors. Source: docs/abi.md,
 * "The hypercall".
 */

struct vpio_query_args {
    /*
     * [GST] Which device. Unit: slot number, 0 to 62. Ordering: copied in
     * once by the call.
     */
    uint32_t device;
    uint32_t reserved0;
    uint64_t reserved1;
    uint64_t reserved2;
    uint64_t reserved3;
    /*
     * [HV] The VPIO_CLASS_*. Unit: class number. Ordering: written once, on
     * success only, before the call returns.
     */
    uint32_t device_class;
    /*
     * [HV] The size of the register window, bytes. Unit: bytes. Ordering:
     * written once, on success only, before the call returns.
     */
    uint32_t window_bytes;
    /*
     * [HV] The caller's time slice, nanoseconds. Unit: nanoseconds.
     * Ordering: written once, on success only, before the call returns.
     */
    uint64_t slice_ns;
    /*
     * [HV] How long a revoked owner may take to release, nanoseconds. Unit:
     * nanoseconds. Ordering: written once, on success only, before the call
     * returns.
     */
    uint64_t grace_ns;
    /*
     * [HV] The caller's weight, 1 to 16: its slice is as many times the base
     * slice. Unit: slices. Ordering: written once, on success only, before
     * the call returns.
     */
    uint32_t weight;
    uint32_t reserved4;
    /*
     * [HV] The caller's MAC address: its six bytes in memory order, then two
     * zeros; 0 for other classes. Unit: six bytes. Ordering: written once,
     * on success only, before the call returns.
     */
    uint64_t mac_address;
    /*
     * [HV] How often the caller was granted the device. Unit: grants.
     * Ordering: written once, on success only, before the call returns.
     */
    uint64_t grants;
    /*
     * [HV] How often the caller was asked to stop. Unit: upcalls. Ordering:
     * written once, on success only, before the call returns.
     */
    uint64_t revocations;
    /*
     * [HV] How often the caller was stopped by force. Unit: stops. Ordering:
     * written once, on success only, before the call returns.
     */
    uint64_t forced_stops;
    /*
     * [HV] How long the caller owned the device in ownerships that ended,
     * nanoseconds. Unit: nanoseconds. Ordering: written once, on success
     * only, before the call returns.
     */
    uint64_t owned_ns;
    /*
     * [HV] How long the caller waited in the queue for grants it got,
     * nanoseconds. Unit: nanoseconds. Ordering: written once, on success
     * only, before the call returns.
     */
    uint64_t waited_ns;
    /*
     * [HV] How many frames were parked for the caller. Unit: frames.
     * Ordering: written once, on success only, before the call returns.
     */
    uint64_t rx_parked;
    /*
     * [HV] How many frames for the caller were dropped. Unit: frames.
     * Ordering: written once, on success only, before the call returns.
     */
    uint64_t rx_dropped;
};

/*
 * DmaAccess: Says what a device may do in a range of guest memory, the bits
 * of access.
 */

/* Nothing: no valid mapping has it. */
#define VPIO_DMA_NONE 0U
/* The device reads (transmit rings and buffers). */
#define VPIO_DMA_READ 1U
/* The device writes (receive buffers, completed descriptors). */
#define VPIO_DMA_WRITE 2U
/* Both. */
#define VPIO_DMA_READ_WRITE 3U

/*
 * MapArgs: Is the argument of DEVOP_map: lets the devices that the caller
 * owns reach a range of its memory. Results: 0. VPIO_EINVAL, VPIO_ENOMEM:
 * too many mappings. VPIO_EEXIST: overlaps a mapping. Source: docs/abi.md,
 * "The hypercall".
 */

/* The unit of mappings, bytes: one page. */
#define VPIO_DMA_GRANULE_BYTES ((uint64_t)4096U)
struct vpio_map_args {
    /*
     * [GST] Where the range begins for the device, a multiple of
     * VPIO_DMA_GRANULE_BYTES. Unit: address, bytes. Ordering: copied in once
     * by the call.
     */
    uint64_t iova;
    /*
     * [GST] Where it begins in the caller's memory, bytes from the memory's
     * start, a multiple of VPIO_DMA_GRANULE_BYTES. Unit: bytes from the
     * start of the guest's memory. Ordering: copied in once by the call.
     */
    uint64_t address;
    /*
     * [GST] How long it is, bytes, a multiple of VPIO_DMA_GRANULE_BYTES, not
     * 0. Unit: bytes. Ordering: copied in once by the call.
     */
    uint64_t length;
    /*
     * [GST] What the device may do, the bits of VPIO_DMA_*, not 0. Unit: bit
     * set. Ordering: copied in once by the call.
     */
    uint32_t access;
    uint32_t reserved0;
    uint64_t reserved[12];
};

/*
 * UnmapArgs: Is the argument of DEVOP_unmap: ends the reach of devices into
 * a range, before the call returns. Results: 0: no DMA into the range from
 * now on. VPIO_ENOENT: no such mapping. Source: docs/abi.md, "The
 * hypercall".
 */

struct vpio_unmap_args {
    /*
     * [GST] Where the mapping begins for the device, as it was mapped. Unit:
     * address, bytes. Ordering: copied in once by the call.
     */
    uint64_t iova;
    /*
     * [GST] How long it is, bytes, as it was mapped. Unit: bytes. Ordering:
     * copied in once by the call.
     */
    uint64_t length;
    uint64_t reserved0;
    uint64_t reserved1;
    uint64_t reserved[12];
};

/*
 * WaitArgs: Is the argument of DEVOP_wait: sleeps until an upcall is
 * pending. It unmasks upcalls first, as SCHEDOP_block does; the last look at
 * the pending upcall and the sleep are one step, so no wake-up is lost.
 * Blocks the calling vCPU. Results: 0: an upcall is pending. VPIO_ETIMEDOUT.
 * VPIO_EACCES: the guest was stopped, and its sleep ended with it. Source:
 * docs/abi.md, "The hypercall".
 */

/* The value of timeout_ns that sets no limit. */
#define VPIO_WAIT_FOREVER (((uint64_t)0xffffffffU << 32) | 0xffffffffU)
struct vpio_wait_args {
    /*
     * [GST] How long at most, nanoseconds; VPIO_WAIT_FOREVER for no limit.
     * Unit: nanoseconds. Ordering: copied in once by the call.
     */
    uint64_t timeout_ns;
    uint64_t reserved0;
    uint64_t reserved1;
    uint64_t reserved2;
    uint64_t reserved[12];
};

/* ---- Functions on the state word, in the processor's byte order ---- */

/* What the device does: one of VPIO_STATE_*. */
VPIO_INLINE uint8_t vpio_word_state(uint64_t word)
{
    return (uint8_t)(word & ((1U << VPIO_STATE_WORD_STATE_BITS) - 1U));
}

/* Who holds the device, or VPIO_DOMID_INVALID. */
VPIO_INLINE uint16_t vpio_word_owner(uint64_t word)
{
    return (uint16_t)((word >> VPIO_STATE_WORD_OWNER_SHIFT) & ((1U << VPIO_STATE_WORD_OWNER_BITS) - 1U));
}

/* The number of the ownership. */
VPIO_INLINE uint64_t vpio_word_generation(uint64_t word)
{
    return word >> VPIO_STATE_WORD_GENERATION_SHIFT;
}

/* The word of a state, an owner and a generation. */
VPIO_INLINE uint64_t vpio_word(uint8_t state, uint16_t owner, uint64_t generation)
{
    return (uint64_t)state
        | ((uint64_t)owner << VPIO_STATE_WORD_OWNER_SHIFT)
        | (generation << VPIO_STATE_WORD_GENERATION_SHIFT);
}

/* Not zero when somebody holds the device. */
VPIO_INLINE int vpio_word_is_held(uint64_t word)
{
    return vpio_word_state(word) == VPIO_STATE_OWNED || vpio_word_state(word) == VPIO_STATE_REVOKING;
}

/* Not zero when a guest holds the device in a generation. */
VPIO_INLINE int vpio_word_is_held_by(uint64_t word, uint16_t owner, uint64_t generation)
{
    return vpio_word_is_held(word) && vpio_word_owner(word) == owner && vpio_word_generation(word) == generation;
}

/* ---- Functions on the clock of a guest page ---- */

/* Not zero when the page has a conversion. */
VPIO_INLINE int vpio_clock_is_there(const struct vpio_guest_page *page)
{
    return page->tsc_mul != 0U && vpio_le32(page->tsc_shift) <= 32U;
}

/*
 * The hypervisor's clock at a value of the guest's counter, nanoseconds. Only
 * when there is a conversion. The product of 96 bits is formed in halves.
 */
VPIO_INLINE uint64_t vpio_clock_ns(const struct vpio_guest_page *page, uint64_t counter)
{
    uint64_t ticks = counter - vpio_le64(page->tsc_base);
    uint64_t mul = vpio_le32(page->tsc_mul);
    uint32_t shift = vpio_le32(page->tsc_shift);

    return vpio_le64(page->ns_base) + (((ticks >> 32) * mul) << (32U - shift)) + (((ticks & 0xffffffffU) * mul) >> shift);
}

#endif /* __VPIO_PUBLIC_VPIO_H__ */
