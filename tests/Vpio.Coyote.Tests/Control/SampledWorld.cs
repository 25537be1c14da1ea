using Vpio.GuestDriver;
using Vpio.Hypervisor;
using Vpio.Hypervisor.Guests;

namespace Vpio.Coyote.Tests.Control;

/// <summary>Is a whole hypervisor with one still device and guests with their drivers, all of which Coyote controls.</summary>
internal sealed class SampledWorld : IDisposable
{
    private readonly StillDevice _device = new();
    private readonly ReferenceHypervisor _hypervisor;

    public SampledWorld()
    {
        _hypervisor = new ReferenceHypervisor(new HypervisorOptions { TimeProvider = Time, GuestMemoryBytes = 4096 });
        Device = _hypervisor.AddDevice(_device);
    }

    public StillTime Time { get; } = new();

    public SharedDevice Device { get; }

    public Guest AddGuest()
    {
        Guest guest = _hypervisor.AddGuest();
        _hypervisor.Assign(guest, Device);
        return guest;
    }

    public GuestDevice DriverOf(Guest guest) => GuestDomain.Attach(guest.Port).GetDevice(Device.Index);

    public bool IsSuspended(Guest guest) => _device.IsSuspended(guest.AssignmentOf(Device.Index)!.Context);

    public void RemoveDevice() => _hypervisor.RemoveDevice(Device);

    public void Remove(Guest guest) => _hypervisor.RemoveGuest(guest);

    public void Dispose() => _hypervisor.Dispose();
}
