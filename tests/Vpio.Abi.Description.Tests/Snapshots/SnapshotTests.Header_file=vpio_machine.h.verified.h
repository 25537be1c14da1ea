/* SPDX-License-Identifier: MIT */
/*
 * VPIO: a guest in a virtual machine. Image, info and ports; its call slots
 * are those of vpio_process.h. Generated from the types of Vpio.Abi by "vpio
 * abi --format c": do not edit.
 */

#ifndef __VPIO_PUBLIC_VPIO_MACHINE_H__
#define __VPIO_PUBLIC_VPIO_MACHINE_H__

#include "vpio.h"

/* ---- Program ---- */

/*
 * MachineImage: Is what the program of a guest in a virtual machine begins
 * with: how much memory it takes, and where it is entered. The program is
 * one piece of bytes, loaded at VPIO_MACHINE_IMAGE_LOAD_ADDRESS and linked
 * to run there. The fields are read once, before anything of it runs.
 * Source: docs/guests.md, "Machine image".
 */

/* The size of the header, bytes. */
#define VPIO_MACHINE_IMAGE_SIZE 64
/* Where a program is loaded: the address of this header. */
#define VPIO_MACHINE_IMAGE_LOAD_ADDRESS 0x400000U
/*
 * The most memory that a program may take from
 * VPIO_MACHINE_IMAGE_LOAD_ADDRESS on, bytes.
 */
#define VPIO_MACHINE_IMAGE_MAX_MEMORY_BYTES 0x800000U
/* The value of magic: the bytes "VPII". */
#define VPIO_MACHINE_IMAGE_MAGIC 0x49495056U
struct vpio_machine_image {
    /* [GST] VPIO_MACHINE_IMAGE_MAGIC. Unit: none. Ordering: constant. */
    uint32_t magic;
    /*
     * [GST] The major version of the ABI that the program knows. Unit:
     * version number. Ordering: constant.
     */
    uint16_t major;
    /*
     * [GST] The minor version of the ABI that the program knows. Unit:
     * version number. Ordering: constant.
     */
    uint16_t minor;
    /*
     * [GST] How long the program is, with this header, bytes. Unit: bytes.
     * Ordering: constant.
     */
    uint32_t image_bytes;
    /*
     * [GST] How much memory it takes, with what is zero at its start and its
     * stack, bytes. Unit: bytes. Ordering: constant.
     */
    uint32_t memory_bytes;
    /* [GST] Where it is entered. Unit: address. Ordering: constant. */
    uint64_t entry;
    /*
     * [GST] Where its stack ends, a multiple of 16; it is entered as by a
     * call. Unit: address. Ordering: constant.
     */
    uint64_t stack_top;
    /*
     * [GST] What a notification interrupts it with; 0: nothing does. Unit:
     * address. Ordering: constant.
     */
    uint64_t upcall_handler;
    uint64_t reserved[3];
};

/*
 * MachineInfo: Tells a guest in a virtual machine where everything is. Its
 * address is in RDI when the program is entered. All addresses are virtual
 * and physical at once. The guest can read it and not write it. Source:
 * docs/guests.md, "Machine info".
 */

/* The size of the structure, bytes. */
#define VPIO_MACHINE_INFO_SIZE 128
/* The value of magic: the bytes "VPIM". */
#define VPIO_MACHINE_INFO_MAGIC 0x4d495056U
struct vpio_machine_info {
    /*
     * [HV] VPIO_MACHINE_INFO_MAGIC. Unit: none. Ordering: constant from
     * before the guest is entered.
     */
    uint32_t magic;
    /*
     * [HV] The major version of the ABI. Unit: version number. Ordering:
     * constant from before the guest is entered.
     */
    uint16_t major;
    /*
     * [HV] The minor version of the ABI. Unit: version number. Ordering:
     * constant from before the guest is entered.
     */
    uint16_t minor;
    /*
     * [HV] The device page. Unit: address. Ordering: constant from before
     * the guest is entered.
     */
    uint64_t device_page;
    /*
     * [HV] The guest page. Unit: address. Ordering: constant from before the
     * guest is entered.
     */
    uint64_t guest_page;
    /*
     * [HV] The call area, a vpio_call_area. Unit: address. Ordering:
     * constant from before the guest is entered.
     */
    uint64_t call_area;
    /*
     * [HV] The guest's memory. Unit: address. Ordering: constant from before
     * the guest is entered.
     */
    uint64_t memory;
    /*
     * [HV] How long the guest's memory is, bytes. Unit: bytes. Ordering:
     * constant from before the guest is entered.
     */
    uint64_t memory_bytes;
    /*
     * [HV] The application memory. Unit: address. Ordering: constant from
     * before the guest is entered.
     */
    uint64_t application;
    /*
     * [HV] How long the application memory is, bytes. Unit: bytes. Ordering:
     * constant from before the guest is entered.
     */
    uint64_t application_bytes;
    /*
     * [HV] The register window of device 0. Unit: address. Ordering:
     * constant from before the guest is entered.
     */
    uint64_t windows;
    /*
     * [HV] How far the window of each device is from that of the one before.
     * Unit: bytes. Ordering: constant from before the guest is entered.
     */
    uint64_t window_stride_bytes;
    uint64_t reserved[6];
};

/* ---- Ports ---- */

/*
 * MachinePort: Numbers the I/O ports of a guest in a virtual machine. Each
 * takes one OUT of 32 bits from EAX. Source: docs/guests.md, "Ports".
 */

/* No port. */
#define VPIO_MACHINE_PORT_NONE 0
/*
 * Makes the hypercall whose operation and argument stand in the call slot of
 * that number; the answer is there when OUT has returned.
 */
#define VPIO_MACHINE_PORT_CALL 0x5600
/* Wakes the device of that number, if it sleeps and the guest owns it. */
#define VPIO_MACHINE_PORT_KICK 0x5604
/*
 * Sleeps for so many microseconds, 1,000,000 at most, or until a
 * notification comes.
 */
#define VPIO_MACHINE_PORT_SLEEP 0x5608
/* Ends the guest, with that number as its exit code. */
#define VPIO_MACHINE_PORT_END 0x560c

#endif /* __VPIO_PUBLIC_VPIO_MACHINE_H__ */
