using Vpio.Abi;
using Vpio.Abi.Operations;
using Vpio.Hypervisor.Hypercalls;
using Vpio.Hypervisor.Memory;

namespace Vpio.Hypervisor.Guests;

/// <summary>Is the port of a guest in this process: a hypercall is a method call, the pages are mappings of its own.</summary>
/// <remarks>Disposing it is the guest's end: the hypervisor removes the guest. The mappings stay while anybody can reach them.</remarks>
internal sealed class InProcessPort : IInterruptingPort
{
    private readonly Guest _guest;
    private readonly Mapping _devicePage;
    private readonly Mapping _guestPage;
    private readonly Mapping _memory;
    private readonly Action<Guest> _leave;

    /// <summary>Makes the port of a guest.</summary>
    /// <param name="guest">The guest.</param>
    /// <param name="devicePage">The device page, mapped read-only.</param>
    /// <param name="leave">What removes the guest.</param>
    public InProcessPort(Guest guest, Mapping devicePage, Action<Guest> leave)
    {
        _guest = guest;
        _devicePage = devicePage;
        _guestPage = guest.Pages.MapPageForGuest();
        _memory = guest.Pages.MapMemoryForGuest();
        _leave = leave;
    }

    /// <inheritdoc/>
    public ref readonly DevicePage DevicePage => ref _devicePage.At<DevicePage>(0);

    /// <inheritdoc/>
    public ref GuestPage GuestPage => ref _guestPage.At<GuestPage>(0);

    /// <inheritdoc/>
    public GuestMemory Memory => new(_memory.Start, _guest.Pages.MemoryBytes);

    /// <inheritdoc/>
    public ulong ReadCounter() => _guest.Pages.Clock.Counter;

    /// <inheritdoc/>
    public long Call(uint cmd, ref DeviceOpArgument argument) => (long)HypercallDoor.Call(_guest, cmd, ref argument);

    /// <inheritdoc/>
    public RegisterWindow GetWindow(DeviceIndex device) => _guest.AssignmentOf(device)?.Window() ?? default;

    /// <inheritdoc/>
    public void Kick(DeviceIndex device) => _guest.Kick(device);

    /// <inheritdoc/>
    public void SetUpcallHandler(Action handler) => _guest.Upcalls.SetHandler(handler);

    /// <inheritdoc/>
    public void Dispose() => _leave(_guest);
}
