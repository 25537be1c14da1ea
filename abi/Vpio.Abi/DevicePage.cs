using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Vpio.Abi.Layout;

namespace Vpio.Abi;

/// <summary>Is the page that shows every device of a hypervisor to its guests: a header of 64 bytes and 63 slots of 64.</summary>
/// <remarks>Guests map it read-only. Source: <c>docs/abi.md</c>, "Device page".</remarks>
[AbiStruct, StructLayout(LayoutKind.Explicit, Size = Size)]
public struct DevicePage
{
    /// <summary>The size of the page, bytes.</summary>
    public const int Size = 4096;

    /// <summary>How many slots there are.</summary>
    public const int SlotCount = 63;

    /// <summary>Where the first slot begins, bytes from the start of the page.</summary>
    public const int SlotsOffset = 64;

    /// <summary>[HV] What the page is and how it is laid out.</summary>
    /// <remarks>Unit: none. Ordering: constant from before the page is shared. Source: docs/abi.md, "Device page".</remarks>
    [FieldOffset(0)]
    public DevicePageHeader Header;

    /// <summary>[HV] A slot for each device.</summary>
    /// <remarks>Unit: none. Ordering: each slot's own. Source: docs/abi.md, "Device page".</remarks>
    [FieldOffset(SlotsOffset), Elements(SlotCount)]
    private DeviceSlot _slots;

    /// <summary>Finds a slot.</summary>
    /// <param name="page">The page.</param>
    /// <param name="device">Which slot, 0 to 62.</param>
    /// <returns>The slot in place, not a copy.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="device"/> names no slot.</exception>
    public static ref readonly DeviceSlot Slot(ref readonly DevicePage page, DeviceIndex device) =>
        ref WritableSlot(ref Unsafe.AsRef(in page), device);

    /// <summary>Finds a slot for the hypervisor, who alone may write it.</summary>
    /// <param name="page">The page, in the hypervisor's own mapping.</param>
    /// <param name="device">Which slot, 0 to 62.</param>
    /// <returns>The slot in place, not a copy.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="device"/> names no slot.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref DeviceSlot WritableSlot(ref DevicePage page, DeviceIndex device)
    {
        if (!device.IsValid)
            throw NoSlot(device);

        // SAFETY: the index was just checked against the 63 slots that follow the header within the page.
        return ref Unsafe.Add(ref page._slots, (int)device.Value);
    }

    private static ArgumentOutOfRangeException NoSlot(DeviceIndex device) =>
        new(nameof(device), $"A device page has the slots 0 to {SlotCount - 1}; {device.Value} is none of them.");
}
