using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Vpio.Abi.Layout;

namespace Vpio.Abi;

/// <summary>Is a guest's own page: its upcalls. The guest may write all of it, so the hypervisor trusts nothing that it reads here.</summary>
/// <remarks>
/// Ordering: the hypervisor ORs <see cref="Events"/>, then <see cref="PendingSelector"/>, then exchanges
/// <see cref="UpcallPending"/> with 1 and notifies when that was 0 and <see cref="UpcallMask"/> is 0. The guest clears
/// <see cref="UpcallPending"/>, makes a full fence, exchanges <see cref="PendingSelector"/> and then each events word
/// with 0. It is the order of Xen's event channels, and closes the race between setting and checking.
/// A guest that unmasks must fence and then look at <see cref="UpcallPending"/> itself.
/// Source: <c>docs/abi.md</c>, "Guest page"; Xen's public/event_channel.h.
/// </remarks>
[AbiStruct, StructLayout(LayoutKind.Explicit, Size = Size)]
public struct GuestPage
{
    /// <summary>The size of the page, bytes.</summary>
    public const int Size = 4096;

    /// <summary>Where the events words begin, bytes from the start of the page.</summary>
    public const int EventsOffset = 128;

    /// <summary>How many events words there are; the last has no device and stays zero.</summary>
    public const int EventsCount = 64;

    /// <summary>[HV] What the page is, and whose.</summary>
    /// <remarks>Unit: none. Ordering: constant from before the page is shared. Source: docs/abi.md, "Guest page fields".</remarks>
    [FieldOffset(0)]
    public GuestPageHeader Header;

    /// <summary>[HV] sets it after the event bits, [GST] clears it before it looks at them.</summary>
    /// <remarks>Unit: flag, 0 or 1. Ordering: exchanged with a full fence by the hypervisor, after the event bits; cleared by the guest with a full fence after it. Source: docs/abi.md, "Guest page fields".</remarks>
    [FieldOffset(64), SharedWord]
    public byte UpcallPending;

    /// <summary>[GST] While non-zero no notification is sent; events still gather.</summary>
    /// <remarks>Unit: flag, 0 or not. Ordering: a guest that clears it makes a full fence and then looks at <see cref="UpcallPending"/>. Source: docs/abi.md, "Guest page fields".</remarks>
    [FieldOffset(65), SharedWord]
    public byte UpcallMask;

    /// <summary>[HV] Reserved, zero.</summary>
    [FieldOffset(66)]
    public ushort Reserved0;

    /// <summary>[HV] One more at every notification: the word that a sleeping guest waits on.</summary>
    /// <remarks>Unit: notifications, modulo 2^32. Ordering: added to with a full fence, after <see cref="UpcallPending"/>. Source: docs/abi.md, "Guest page fields".</remarks>
    [FieldOffset(68), SharedWord]
    public uint NotifySequence;

    /// <summary>[HV] sets bit n when device n has events, [GST] takes all bits with an exchange.</summary>
    /// <remarks>Unit: bit set, a bit a device. Ordering: ORed with a full fence by the hypervisor after the events word; exchanged with 0 by the guest before the events words. Source: docs/abi.md, "Guest page fields".</remarks>
    [FieldOffset(72), SharedWord]
    public ulong PendingSelector;

    /// <summary>[HV] With the next three, the hypervisor's clock: ns = ns_base + ((tsc - tsc_base) * tsc_mul >> tsc_shift), the difference modulo 2^64, the product of 96 bits.</summary>
    /// <remarks>Unit: ticks of the time stamp counter. Ordering: written before the page is shared, constant while <see cref="TscMul"/> is not 0. Source: docs/abi.md, "Guest page fields".</remarks>
    [FieldOffset(80)]
    public ulong TscBase;

    /// <summary>[HV] The hypervisor's monotonic clock at <see cref="TscBase"/>, nanoseconds.</summary>
    /// <remarks>Unit: nanoseconds. Ordering: written before the page is shared, constant while <see cref="TscMul"/> is not 0. Source: docs/abi.md, "Guest page fields".</remarks>
    [FieldOffset(88)]
    public ulong NsBase;

    /// <summary>[HV] The multiplier of that formula; 0: there is no conversion, and ends of slice and grace cannot be compared with a clock of the guest.</summary>
    /// <remarks>Unit: nanoseconds a tick, times 2 to the <see cref="TscShift"/>. Ordering: written before the page is shared, constant while <see cref="TscMul"/> is not 0. Source: docs/abi.md, "Guest page fields".</remarks>
    [FieldOffset(96)]
    public uint TscMul;

    /// <summary>[HV] The shift of that formula, 0 to 32 bits.</summary>
    /// <remarks>Unit: bits. Ordering: written before the page is shared, constant while <see cref="TscMul"/> is not 0. Source: docs/abi.md, "Guest page fields".</remarks>
    [FieldOffset(100)]
    public uint TscShift;

    /// <summary>[HV] Reserved, zero.</summary>
    [FieldOffset(104)]
    public ulong Reserved1;

    /// <summary>[HV] Reserved, zero.</summary>
    [FieldOffset(112)]
    public ulong Reserved2;

    /// <summary>[HV] Reserved, zero.</summary>
    [FieldOffset(120)]
    public ulong Reserved3;

    /// <summary>The bits of <see cref="DeviceEvents"/> of each device: [HV] ORs them, [GST] takes them with an exchange.</summary>
    /// <remarks>Unit: bit set. Ordering: ORed with a full fence, before <see cref="PendingSelector"/>; exchanged with 0 by the guest after it. Source: docs/abi.md, "Upcall order".</remarks>
    [FieldOffset(EventsOffset), Elements(EventsCount), SharedWord]
    private uint _events;

    /// <summary>[HV] Reserved, zero.</summary>
    [FieldOffset(EventsOffset + (EventsCount * sizeof(uint))), Elements((Size - EventsOffset - (EventsCount * sizeof(uint))) / sizeof(ulong))]
    private readonly ulong _reserved;

    /// <summary>Finds the events word of a device, the bits of <see cref="DeviceEvents"/>: [HV] ORs them, [GST] takes them with an exchange.</summary>
    /// <param name="page">The page.</param>
    /// <param name="device">Which device, 0 to 62.</param>
    /// <returns>The word in place.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="device"/> names no slot.</exception>
    [return: SharedWord]
    public static ref uint Events(ref GuestPage page, DeviceIndex device)
    {
        if (!device.IsValid)
            throw new ArgumentOutOfRangeException(nameof(device), $"A guest page has events of the devices 0 to {DevicePage.SlotCount - 1}; {device.Value} is none of them.");

        // SAFETY: the index was just checked, and 64 words of 4 bytes from byte 128 on lie within the page.
        return ref Unsafe.Add(ref page._events, (int)device.Value);
    }
}
