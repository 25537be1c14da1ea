using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Vpio.Abi.Layout;

namespace Vpio.Abi.Processes;

/// <summary>Is the memory through which a guest in a process of its own makes its hypercalls: a header and 16 call slots, one page.</summary>
/// <remarks>
/// One for each guest, private to it and the hypervisor. A thread of the guest takes a slot for the time of a call, so that none waits for another.
/// Source: <c>docs/guests.md</c>, "Call area".
/// </remarks>
[AbiStruct, StructLayout(LayoutKind.Explicit, Size = Size)]
public struct CallArea
{
    /// <summary>The size of the area, bytes.</summary>
    public const int Size = 4096;

    /// <summary>How many slots there are.</summary>
    public const int SlotCount = 16;

    /// <summary>Where the first slot begins, bytes from the start of the area.</summary>
    public const int SlotsOffset = Size - (SlotCount * CallSlot.Size);

    /// <summary>The value of <see cref="Magic"/>: the bytes "VPIC".</summary>
    [CName("VPIO_CALL_AREA_MAGIC")]
    public const uint MagicValue = 0x4349_5056;

    private const int WindowVersionsOffset = 64;
    private const int WindowVersionsCount = 64;
    private const int ReservedOffset = WindowVersionsOffset + (WindowVersionsCount * sizeof(uint));

    /// <summary>[HV] <see cref="MagicValue"/>.</summary>
    /// <remarks>Unit: none. Ordering: constant from before the area is shared. Source: docs/guests.md, "Call area".</remarks>
    [FieldOffset(0)]
    public uint Magic;

    /// <summary>[HV] The major version of the ABI.</summary>
    /// <remarks>Unit: version number. Ordering: constant from before the area is shared. Source: docs/guests.md, "Call area".</remarks>
    [FieldOffset(4)]
    public ushort Major;

    /// <summary>[HV] The minor version of the ABI.</summary>
    /// <remarks>Unit: version number. Ordering: constant from before the area is shared. Source: docs/guests.md, "Call area".</remarks>
    [FieldOffset(6)]
    public ushort Minor;

    /// <summary>[HV] How many slots the area has.</summary>
    /// <remarks>Unit: slots. Ordering: constant from before the area is shared. Source: docs/guests.md, "Call area".</remarks>
    [FieldOffset(8)]
    public uint Slots;

    /// <summary>[HV] The size of a slot, bytes.</summary>
    /// <remarks>Unit: bytes. Ordering: constant from before the area is shared. Source: docs/guests.md, "Call area".</remarks>
    [FieldOffset(12)]
    public uint SlotSizeBytes;

    /// <summary>[HV] Reserved, zero.</summary>
    [FieldOffset(16), Elements((WindowVersionsOffset - 16) / sizeof(ulong))]
    private readonly ulong _reserved0;

    /// <summary>[HV] One more for a device each time its register window of before is no more the guest's: ask for it again.</summary>
    /// <remarks>Unit: windows, modulo 2^32. Ordering: store-release by the hypervisor, load-acquire by the guest. Source: docs/guests.md, "Register windows".</remarks>
    [FieldOffset(WindowVersionsOffset), Elements(WindowVersionsCount), SharedWord]
    private uint _windowVersions;

    /// <summary>[HV] Reserved, zero.</summary>
    [FieldOffset(ReservedOffset), Elements((SlotsOffset - ReservedOffset) / sizeof(ulong))]
    private readonly ulong _reserved1;

    /// <summary>[GST] and [HV]: the call slots.</summary>
    /// <remarks>Unit: none. Ordering: each slot's own. Source: docs/guests.md, "Call slot".</remarks>
    [FieldOffset(SlotsOffset), Elements(SlotCount)]
    private CallSlot _calls;

    /// <summary>Finds a slot.</summary>
    /// <param name="area">The area.</param>
    /// <param name="index">Which slot, 0 to 15.</param>
    /// <returns>The slot in place.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="index"/> names no slot.</exception>
    public static ref CallSlot Slot(ref CallArea area, int index)
    {
        if ((uint)index >= SlotCount)
            throw new ArgumentOutOfRangeException(nameof(index), index, $"A call area has the slots 0 to {SlotCount - 1}.");

        // SAFETY: the index was just checked, and 16 slots from SlotsOffset on end with the area.
        return ref Unsafe.Add(ref area._calls, index);
    }

    /// <summary>Finds the version of a device's register window.</summary>
    /// <param name="area">The area.</param>
    /// <param name="device">Which device, 0 to 62.</param>
    /// <returns>The word in place.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="device"/> names no slot of the device page.</exception>
    [return: SharedWord]
    public static ref uint WindowVersion(ref CallArea area, DeviceIndex device)
    {
        if (!device.IsValid)
            throw new ArgumentOutOfRangeException(nameof(device), $"A call area has windows of the devices 0 to {DevicePage.SlotCount - 1}; {device.Value} is none of them.");

        // SAFETY: the index was just checked, and 64 words of 4 bytes from byte 64 on lie within the area.
        return ref Unsafe.Add(ref area._windowVersions, (int)device.Value);
    }
}
