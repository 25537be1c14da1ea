/* SPDX-License-Identifier: MIT */
/*
 * VPIO: the network device, class 1. Registers, bits and descriptors.
 * Generated from the types of Vpio.Abi by "vpio abi --format c": do not
 * edit.
 */

#ifndef __VPIO_PUBLIC_VPIO_NIC_H__
#define __VPIO_PUBLIC_VPIO_NIC_H__

#include "vpio.h"

/* ---- Registers ---- */

/*
 * NicRegister: Places the registers of the network device in its window:
 * offsets in bytes. Three groups of cache lines, by writer: what the device
 * writes (0x000-0x0ff), what the guest sets up (0x100-0x13f), and one line
 * for each doorbell. Source: docs/nic.md, "Registers".
 */

/* The size of the window, bytes. */
#define VPIO_NIC_WINDOW_BYTES 4096U
/* The value of VPIO_NIC_REG_IDENTITY: class 1, revision 1. */
#define VPIO_NIC_IDENTITY 0x10001U
/*
 * The value of VPIO_NIC_REG_MAX_FRAME_BYTES: header of 14 bytes and payload
 * of 1,500.
 */
#define VPIO_NIC_MAX_FRAME_BYTES 1514U
/* The shortest frame that the device carries, bytes: an Ethernet header. */
#define VPIO_NIC_MIN_FRAME_BYTES 14U
/* The value of VPIO_NIC_REG_MAX_RING_ENTRIES. */
#define VPIO_NIC_MAX_RING_ENTRIES 4096U
/*
 * [HV] u32: VPIO_NIC_IDENTITY. Unit: class and revision. Ordering: constant
 * while the window is live.
 */
#define VPIO_NIC_REG_IDENTITY 0x000U
/*
 * [HV] u32: the bits of VPIO_NIC_STATUS_*. Unit: bit set. Ordering:
 * store-release by the device, load-acquire by the driver.
 */
#define VPIO_NIC_REG_STATUS 0x004U
/*
 * [HV] u32: not zero while the device may sleep, and a doorbell needs
 * IHypercallPort.Kick after it. Unit: flag, 0 or not. Ordering: written by
 * the device with a full fence before its last look at the doorbells.
 */
#define VPIO_NIC_REG_ASLEEP 0x008U
/*
 * [HV] u32: the longest frame that the device carries, bytes, without the
 * frame check sequence. Unit: bytes. Ordering: constant while the window is
 * live.
 */
#define VPIO_NIC_REG_MAX_FRAME_BYTES 0x00cU
/*
 * [HV] u64: the guest's MAC address, its six bytes in memory order, then two
 * zeros. Unit: six bytes. Ordering: constant while the window is live.
 */
#define VPIO_NIC_REG_MAC_ADDRESS 0x010U
/*
 * [HV] u32: the most descriptors that a ring may have. Unit: descriptors.
 * Ordering: constant while the window is live.
 */
#define VPIO_NIC_REG_MAX_RING_ENTRIES 0x018U
/*
 * [HV] u32: how many transmit descriptors the device has consumed, counted
 * on past the ring's end. Unit: descriptors, modulo 2^32. Ordering:
 * store-release by the device after what it completes, load-acquire by the
 * driver.
 */
#define VPIO_NIC_REG_TX_HEAD 0x040U
/*
 * [HV] u32: how many receive descriptors the device has filled, counted on
 * past the ring's end. Unit: descriptors, modulo 2^32. Ordering:
 * store-release by the device after what it completes, load-acquire by the
 * driver.
 */
#define VPIO_NIC_REG_RX_HEAD 0x044U
/* [HV] u64: frames sent. Unit: frames. Ordering: a counter, relaxed. */
#define VPIO_NIC_REG_TX_FRAMES 0x080U
/* [HV] u64: bytes sent. Unit: bytes. Ordering: a counter, relaxed. */
#define VPIO_NIC_REG_TX_BYTES 0x088U
/*
 * [HV] u64: transmit descriptors consumed without sending a frame: bad
 * length, foreign source address, or blocked by the IOMMU. Unit:
 * descriptors. Ordering: a counter, relaxed.
 */
#define VPIO_NIC_REG_TX_ERRORS 0x090U
/*
 * [HV] u64: frames received into the ring. Unit: frames. Ordering: a
 * counter, relaxed.
 */
#define VPIO_NIC_REG_RX_FRAMES 0x098U
/*
 * [HV] u64: bytes received into the ring. Unit: bytes. Ordering: a counter,
 * relaxed.
 */
#define VPIO_NIC_REG_RX_BYTES 0x0a0U
/*
 * [HV] u64: frames for the guest that were dropped or thrown away: its
 * parking was full, its quota of frames to groups used up, or it was
 * stopped. Unit: frames. Ordering: a counter, relaxed.
 */
#define VPIO_NIC_REG_RX_DROPPED 0x0a8U
/*
 * [GST] u32: the bits of VPIO_NIC_CONTROL_*. Unit: bit set. Ordering: as a
 * doorbell: after the registers of the ring, with store-release.
 */
#define VPIO_NIC_REG_CONTROL 0x100U
/*
 * [GST] u32: sets bits of VPIO_NIC_INTERRUPT_*; [HV] clears them as it
 * raises one INTERRUPT event. Unit: bit set. Ordering: set by the driver
 * with a full fence before its last look at the ring; exchanged by the
 * device after its heads.
 */
#define VPIO_NIC_REG_INTERRUPT_ARM 0x104U
/*
 * [GST] u64: the IOVA of the transmit ring, a multiple of 16. Latched when
 * transmit is enabled. Unit: address, bytes. Ordering: written before
 * VPIO_NIC_REG_CONTROL enables the half.
 */
#define VPIO_NIC_REG_TX_RING_IOVA 0x108U
/*
 * [GST] u64: the IOVA of the receive ring, a multiple of 16. Latched when
 * receive is enabled. Unit: address, bytes. Ordering: written before
 * VPIO_NIC_REG_CONTROL enables the half.
 */
#define VPIO_NIC_REG_RX_RING_IOVA 0x110U
/*
 * [GST] u32: how many descriptors the transmit ring has, a power of two, 2
 * to VPIO_NIC_MAX_RING_ENTRIES. Latched with its IOVA. Unit: descriptors.
 * Ordering: written before VPIO_NIC_REG_CONTROL enables the half.
 */
#define VPIO_NIC_REG_TX_RING_ENTRIES 0x118U
/*
 * [GST] u32: how many descriptors the receive ring has. Latched with its
 * IOVA. Unit: descriptors. Ordering: written before VPIO_NIC_REG_CONTROL
 * enables the half.
 */
#define VPIO_NIC_REG_RX_RING_ENTRIES 0x11cU
/*
 * [GST] u32, a doorbell: how many transmit descriptors the guest has posted,
 * counted on past the ring's end. Unit: descriptors, modulo 2^32. Ordering:
 * store-release by the driver after the descriptors, then a full fence
 * before it reads VPIO_NIC_REG_ASLEEP; load-acquire by the device.
 */
#define VPIO_NIC_REG_TX_TAIL 0x140U
/*
 * [GST] u32, a doorbell: how many receive descriptors the guest has posted,
 * counted on past the ring's end. Unit: descriptors, modulo 2^32. Ordering:
 * store-release by the driver after the descriptors, then a full fence
 * before it reads VPIO_NIC_REG_ASLEEP; load-acquire by the device.
 */
#define VPIO_NIC_REG_RX_TAIL 0x180U

/* ---- Bits ---- */

/*
 * NicControl: Turns the halves of the network device on, the bits of
 * VPIO_NIC_REG_CONTROL.
 */

/* Both are off: their rings can be changed, their heads are 0. */
#define VPIO_NIC_CONTROL_NONE 0U
/*
 * Transmit: on the change from 0 the device latches the ring and starts with
 * head 0.
 */
#define VPIO_NIC_CONTROL_TX_ENABLE 1U
/*
 * Receive: on the change from 0 the device latches the ring and starts with
 * head 0.
 */
#define VPIO_NIC_CONTROL_RX_ENABLE 2U

/*
 * NicStatus: Says how the network device is, the bits of
 * VPIO_NIC_REG_STATUS.
 */

/* No link, nothing enabled. */
#define VPIO_NIC_STATUS_NONE 0U
/* The wire is there. */
#define VPIO_NIC_STATUS_LINK_UP 1U
/* Transmit is on: its ring was latched and found good. */
#define VPIO_NIC_STATUS_TX_RUNNING 2U
/* Receive is on: its ring was latched and found good. */
#define VPIO_NIC_STATUS_RX_RUNNING 4U
/*
 * Transmit was stopped by a fault: bad ring, bad tail, or a ring that the
 * IOMMU blocks. Cleared by disabling it.
 */
#define VPIO_NIC_STATUS_TX_FAULT 256U
/* Receive was stopped by a fault. Cleared by disabling it. */
#define VPIO_NIC_STATUS_RX_FAULT 512U

/*
 * NicInterrupt: Names what the network device interrupts for, the bits of
 * VPIO_NIC_REG_INTERRUPT_ARM. Each fires once, then wants arming again. A
 * guest arms, makes a full fence, looks at the ring once more, and only then
 * sleeps.
 */

/* Nothing. */
#define VPIO_NIC_INTERRUPT_NONE 0U
/* A transmit descriptor was consumed, or transmit faulted. */
#define VPIO_NIC_INTERRUPT_TX 1U
/* A receive descriptor was filled, or receive faulted. */
#define VPIO_NIC_INTERRUPT_RX 2U

/* ---- Rings ---- */

/*
 * NicDescriptor: Describes one buffer in a ring of the network device.
 * Ordering: the guest writes the descriptor before the tail that posts it;
 * the device writes the frame, then the descriptor, then the head that
 * completes it. Source: docs/nic.md, "Rings".
 */

/* The size of a descriptor, bytes. */
#define VPIO_NIC_DESCRIPTOR_SIZE 16
/*
 * The bit of flags that the device sets in a receive descriptor that holds a
 * frame.
 */
#define VPIO_NIC_DESCRIPTOR_DONE 1U
/*
 * The bit of flags that the device sets in a receive descriptor whose buffer
 * it could not use: it holds no frame.
 */
#define VPIO_NIC_DESCRIPTOR_ERROR 2U
struct vpio_nic_descriptor {
    /*
     * [GST] Where the buffer begins. Unit: address, bytes. Ordering: written
     * before the tail that posts the descriptor.
     */
    uint64_t iova;
    /*
     * [GST] Transmit: the length of the frame. Receive: the room in the
     * buffer; [HV] writes the length of the frame over it. Bytes. Unit:
     * bytes. Ordering: written before the tail that posts the descriptor; by
     * the device before flags.
     */
    uint32_t length_bytes;
    /*
     * [GST] 0. [HV] VPIO_NIC_DESCRIPTOR_DONE or VPIO_NIC_DESCRIPTOR_ERROR in
     * a completed receive descriptor; transmit descriptors are not written
     * back. Unit: bit set. Ordering: store-release by the device,
     * load-acquire by the driver.
     */
    uint32_t flags;
};

#endif /* __VPIO_PUBLIC_VPIO_NIC_H__ */
