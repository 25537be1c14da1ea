using System.Runtime.CompilerServices;
using Vpio.Abi;
using Vpio.Hypervisor.Memory;
using Vpio.Hypervisor.Ownership;

namespace Vpio.Hypervisor;

/// <summary>Points at the state words of a device page.</summary>
internal static unsafe class SlotWord
{
    /// <summary>Points at one.</summary>
    /// <param name="page">The hypervisor's mapping of the page, which the holder of the pointer keeps reachable.</param>
    /// <param name="device">Which.</param>
    /// <returns>The pointer.</returns>
    public static WordPointer Of(Mapping page, DeviceIndex device)
    {
        // SAFETY: the slot lies within the mapping, 64 bytes aligned; mapped memory does not move.
        ref DeviceSlot slot = ref DevicePage.WritableSlot(ref page.At<DevicePage>(0), device);
        return new WordPointer((ulong*)Unsafe.AsPointer(ref slot.State));
    }
}
