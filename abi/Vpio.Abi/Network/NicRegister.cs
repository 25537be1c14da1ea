using Vpio.Abi.Layout;

namespace Vpio.Abi.Network;

/// <summary>Places the registers of the network device in its window: offsets in bytes.</summary>
/// <remarks>
/// Three groups of cache lines, by writer: what the device writes (0x000-0x0ff), what the guest sets up (0x100-0x13f), and
/// one line for each doorbell. Source: <c>docs/nic.md</c>, "Registers".
/// </remarks>
[AbiNumbers]
[CName("VPIO_NIC_REG")]
public static class NicRegister
{
    /// <summary>The size of the window, bytes.</summary>
    [CName("VPIO_NIC_WINDOW_BYTES")]
    public const uint WindowBytes = 4096;

    /// <summary>[HV] u32: <see cref="IdentityValue"/>.</summary>
    /// <remarks>Unit: class and revision. Ordering: constant while the window is live. Source: docs/nic.md, "Registers".</remarks>
    public const uint Identity = 0x000;

    /// <summary>[HV] u32: the bits of <see cref="NicStatus"/>.</summary>
    /// <remarks>Unit: bit set. Ordering: store-release by the device, load-acquire by the driver. Source: docs/nic.md, "Status".</remarks>
    public const uint Status = 0x004;

    /// <summary>[HV] u32: not zero while the device may sleep, and a doorbell needs <see cref="IHypercallPort.Kick"/> after it.</summary>
    /// <remarks>Unit: flag, 0 or not. Ordering: written by the device with a full fence before its last look at the doorbells. Source: docs/nic.md, "Doorbells, sleep and kick".</remarks>
    public const uint Asleep = 0x008;

    /// <summary>[HV] u32: the longest frame that the device carries, bytes, without the frame check sequence.</summary>
    /// <remarks>Unit: bytes. Ordering: constant while the window is live. Source: docs/nic.md, "Registers".</remarks>
    public const uint MaxFrameBytes = 0x00c;

    /// <summary>[HV] u64: the guest's MAC address, its six bytes in memory order, then two zeros.</summary>
    /// <remarks>Unit: six bytes. Ordering: constant while the window is live. Source: docs/nic.md, "Registers".</remarks>
    public const uint MacAddress = 0x010;

    /// <summary>[HV] u32: the most descriptors that a ring may have.</summary>
    /// <remarks>Unit: descriptors. Ordering: constant while the window is live. Source: docs/nic.md, "Registers".</remarks>
    public const uint MaxRingEntries = 0x018;

    /// <summary>[HV] u32: how many transmit descriptors the device has consumed, counted on past the ring's end.</summary>
    /// <remarks>Unit: descriptors, modulo 2^32. Ordering: store-release by the device after what it completes, load-acquire by the driver. Source: docs/nic.md, "Registers".</remarks>
    public const uint TxHead = 0x040;

    /// <summary>[HV] u32: how many receive descriptors the device has filled, counted on past the ring's end.</summary>
    /// <remarks>Unit: descriptors, modulo 2^32. Ordering: store-release by the device after what it completes, load-acquire by the driver. Source: docs/nic.md, "Registers".</remarks>
    public const uint RxHead = 0x044;

    /// <summary>[HV] u64: frames sent.</summary>
    /// <remarks>Unit: frames. Ordering: a counter, relaxed. Source: docs/nic.md, "Registers".</remarks>
    public const uint TxFrames = 0x080;

    /// <summary>[HV] u64: bytes sent.</summary>
    /// <remarks>Unit: bytes. Ordering: a counter, relaxed. Source: docs/nic.md, "Registers".</remarks>
    public const uint TxBytes = 0x088;

    /// <summary>[HV] u64: transmit descriptors consumed without sending a frame: bad length, foreign source address, or blocked by the IOMMU.</summary>
    /// <remarks>Unit: descriptors. Ordering: a counter, relaxed. Source: docs/nic.md, "Registers".</remarks>
    public const uint TxErrors = 0x090;

    /// <summary>[HV] u64: frames received into the ring.</summary>
    /// <remarks>Unit: frames. Ordering: a counter, relaxed. Source: docs/nic.md, "Registers".</remarks>
    public const uint RxFrames = 0x098;

    /// <summary>[HV] u64: bytes received into the ring.</summary>
    /// <remarks>Unit: bytes. Ordering: a counter, relaxed. Source: docs/nic.md, "Registers".</remarks>
    public const uint RxBytes = 0x0a0;

    /// <summary>[HV] u64: frames for the guest that were dropped or thrown away: its parking was full, its quota of frames to groups used up, or it was stopped.</summary>
    /// <remarks>Unit: frames. Ordering: a counter, relaxed. Source: docs/nic.md, "Registers".</remarks>
    public const uint RxDropped = 0x0a8;

    /// <summary>[GST] u32: the bits of <see cref="NicControl"/>.</summary>
    /// <remarks>Unit: bit set. Ordering: as a doorbell: after the registers of the ring, with store-release. Source: docs/nic.md, "Control".</remarks>
    public const uint Control = 0x100;

    /// <summary>[GST] u32: sets bits of <see cref="NicInterrupt"/>; [HV] clears them as it raises one INTERRUPT event.</summary>
    /// <remarks>Unit: bit set. Ordering: set by the driver with a full fence before its last look at the ring; exchanged by the device after its heads. Source: docs/nic.md, "Interrupts".</remarks>
    public const uint InterruptArm = 0x104;

    /// <summary>[GST] u64: the IOVA of the transmit ring, a multiple of 16. Latched when transmit is enabled.</summary>
    /// <remarks>Unit: address, bytes. Ordering: written before <see cref="Control"/> enables the half. Source: docs/nic.md, "Registers".</remarks>
    public const uint TxRingIova = 0x108;

    /// <summary>[GST] u64: the IOVA of the receive ring, a multiple of 16. Latched when receive is enabled.</summary>
    /// <remarks>Unit: address, bytes. Ordering: written before <see cref="Control"/> enables the half. Source: docs/nic.md, "Registers".</remarks>
    public const uint RxRingIova = 0x110;

    /// <summary>[GST] u32: how many descriptors the transmit ring has, a power of two, 2 to <see cref="MaxRingEntriesValue"/>. Latched with its IOVA.</summary>
    /// <remarks>Unit: descriptors. Ordering: written before <see cref="Control"/> enables the half. Source: docs/nic.md, "Registers".</remarks>
    public const uint TxRingEntries = 0x118;

    /// <summary>[GST] u32: how many descriptors the receive ring has. Latched with its IOVA.</summary>
    /// <remarks>Unit: descriptors. Ordering: written before <see cref="Control"/> enables the half. Source: docs/nic.md, "Registers".</remarks>
    public const uint RxRingEntries = 0x11c;

    /// <summary>[GST] u32, a doorbell: how many transmit descriptors the guest has posted, counted on past the ring's end.</summary>
    /// <remarks>Unit: descriptors, modulo 2^32. Ordering: store-release by the driver after the descriptors, then a full fence before it reads <see cref="Asleep"/>; load-acquire by the device. Source: docs/nic.md, "Doorbells, sleep and kick".</remarks>
    public const uint TxTail = 0x140;

    /// <summary>[GST] u32, a doorbell: how many receive descriptors the guest has posted, counted on past the ring's end.</summary>
    /// <remarks>Unit: descriptors, modulo 2^32. Ordering: store-release by the driver after the descriptors, then a full fence before it reads <see cref="Asleep"/>; load-acquire by the device. Source: docs/nic.md, "Doorbells, sleep and kick".</remarks>
    public const uint RxTail = 0x180;

    /// <summary>The value of <see cref="Identity"/>: class 1, revision 1.</summary>
    [CName("VPIO_NIC_IDENTITY")]
    public const uint IdentityValue = 0x0001_0001;

    /// <summary>The value of <see cref="MaxFrameBytes"/>: header of 14 bytes and payload of 1,500.</summary>
    [CName("VPIO_NIC_MAX_FRAME_BYTES")]
    public const uint MaxFrameBytesValue = 1514;

    /// <summary>The shortest frame that the device carries, bytes: an Ethernet header.</summary>
    [CName("VPIO_NIC_MIN_FRAME_BYTES")]
    public const uint MinFrameBytesValue = 14;

    /// <summary>The value of <see cref="MaxRingEntries"/>.</summary>
    [CName("VPIO_NIC_MAX_RING_ENTRIES")]
    public const uint MaxRingEntriesValue = 4096;
}
