using Vpio.Abi;
using Vpio.Hypervisor.Devices;
using Vpio.Hypervisor.Memory;
using Vpio.Hypervisor.Scheduling;
using Vpio.Hypervisor.Tracing;

namespace Vpio.Hypervisor.Guests;

/// <summary>Is the right of one guest to use one device: its window, its context, its account.</summary>
/// <param name="Guest">The guest.</param>
/// <param name="Device">The device.</param>
/// <param name="Context">The guest's state of the device.</param>
/// <param name="Registers">The memory of its register window.</param>
internal sealed record Assignment(Guest Guest, SharedDevice Device, DeviceContext Context, SharedRegion Registers)
{
    /// <summary>Gets the guest's account with the device.</summary>
    public OwnershipAccount Account { get; } = new();

    /// <summary>Gets how long its slices are.</summary>
    public SliceShare Share { get; } = new();

    /// <summary>Gets whether the guest owns the device now.</summary>
    public bool IsOwned => Device.Gate.IsOwnedBy(Guest.Id);

    /// <summary>Gets the guest's mapping of its window; <see langword="null"/> for a guest in a process or a machine of its own, which has another.</summary>
    public Mapping? GuestWindow { get; init; }

    /// <summary>Shows the window to a guest in this process.</summary>
    /// <returns>The window.</returns>
    public RegisterWindow Window() => GuestWindow is { } window ? new(window.Start, Device.Device.WindowBytes) : default;
}
