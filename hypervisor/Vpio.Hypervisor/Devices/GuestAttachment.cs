using Vpio.Abi;
using Vpio.Abi.Layout;
using Vpio.Hypervisor.Iommu;
using Vpio.Hypervisor.Memory;

namespace Vpio.Hypervisor.Devices;

/// <summary>Is all that a device has of a guest it is assigned to.</summary>
/// <param name="Guest">The guest.</param>
/// <param name="Window">The guest's register window, in the hypervisor's mapping.</param>
/// <param name="Dma">The way to the guest's memory.</param>
/// <param name="Raise">Raises events of this device for the guest.</param>
public sealed record GuestAttachment(DomainId Guest, [property: GuestWritable] RegisterWindow Window, DmaPort Dma, Action<DeviceEvents> Raise)
{
    /// <summary>Gets the memory behind the window: it stays mapped while a device can reach it.</summary>
    internal Mapping? WindowMemory { get; init; }
}
