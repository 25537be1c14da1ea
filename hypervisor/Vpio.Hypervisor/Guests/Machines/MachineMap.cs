using Vpio.Abi;
using Vpio.Abi.Machines;

namespace Vpio.Hypervisor.Guests.Machines;

/// <summary>Says where everything is in a virtual machine: addresses, virtual and physical at once, and the memory slots of KVM.</summary>
/// <remarks>Guests are told by <see cref="MachineInfo"/>. Source: <c>docs/guests.md</c>, "A virtual machine", "Memory".</remarks>
internal static class MachineMap
{
    /// <summary>Where the tables of the processor are, which the guest cannot reach.</summary>
    public const ulong System = 0x1_0000;

    /// <summary>The end of what the guest cannot reach: the first page of 2 MiB.</summary>
    public const ulong SystemEnd = 0x20_0000;

    public const ulong DevicePage = 0x20_0000;
    public const ulong Info = 0x20_1000;
    public const ulong GuestPage = 0x20_2000;
    public const ulong CallArea = 0x20_3000;
    public const ulong Windows = 0x100_0000;
    public const ulong WindowStride = 0x1_0000;
    public const ulong Memory = 0x1000_0000;

    /// <summary>The end of what the page tables map. Above lies what KVM needs for itself.</summary>
    public const ulong End = 0xC000_0000;

    public const uint SystemSlot = 0;
    public const uint DevicePageSlot = 1;
    public const uint InfoSlot = 2;
    public const uint GuestPageSlot = 3;
    public const uint CallAreaSlot = 4;
    public const uint ProgramSlot = 5;
    public const uint MemorySlot = 6;
    private const uint FirstWindowSlot = 8;

    /// <summary>Finds the window of a device.</summary>
    /// <param name="device">The device.</param>
    /// <returns>Its address.</returns>
    public static ulong WindowOf(DeviceIndex device) => Windows + (device.Value * WindowStride);

    /// <summary>Finds the memory slot of a device's window.</summary>
    /// <param name="device">The device.</param>
    /// <returns>Its number.</returns>
    public static uint WindowSlotOf(DeviceIndex device) => FirstWindowSlot + device.Value;

    /// <summary>Finds the device whose window an address may lie in.</summary>
    /// <param name="address">The address.</param>
    /// <param name="device">The device.</param>
    /// <param name="offset">Where in its window, bytes; it may lie behind the window's end.</param>
    /// <returns>Whether there can be a window.</returns>
    public static bool TryFindWindow(ulong address, out DeviceIndex device, out uint offset)
    {
        ulong beyond = address - Windows;
        offset = (uint)(beyond % WindowStride);
        device = new DeviceIndex((uint)Math.Min(beyond / WindowStride, Abi.DevicePage.SlotCount));
        return address >= Windows && device.IsValid;
    }
}
