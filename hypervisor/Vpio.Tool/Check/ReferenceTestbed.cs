using Vpio.Abi;
using Vpio.Abi.Network;
using Vpio.Conformance;
using Vpio.Hypervisor;
using Vpio.Hypervisor.Devices.Network;
using Vpio.Hypervisor.Guests;
using Vpio.Hypervisor.Scheduling;

namespace Vpio.Tool.Check;

/// <summary>Binds the reference hypervisor to the suite, with guests of one kind.</summary>
internal sealed class ReferenceTestbed : ITestbed
{
    private const int ApplicationBytes = 4096;

    private readonly ReferenceHypervisor _hypervisor;
    private readonly Func<ReferenceHypervisor, Guest> _add;
    private readonly Dictionary<DeviceIndex, (SharedDevice Device, Nic Nic)> _devices = [];

    /// <summary>Starts a hypervisor.</summary>
    /// <param name="add">Adds a guest of the kind to it.</param>
    /// <param name="kvmDescriptor">An inherited descriptor of KVM; null: it is opened by name.</param>
    internal ReferenceTestbed(Func<ReferenceHypervisor, Guest> add, int? kvmDescriptor = null)
    {
        _add = add;
        _hypervisor = new ReferenceHypervisor(new HypervisorOptions { ApplicationBytes = ApplicationBytes, KvmDescriptor = kvmDescriptor });
    }

    /// <inheritdoc/>
    public DeviceIndex AddNic()
    {
        Nic nic = new(new LoopbackWire());
        SharedDevice device = _hypervisor.AddDevice(nic);
        _devices[device.Index] = (device, nic);
        return device.Index;
    }

    /// <inheritdoc/>
    public ITestGuest AddGuest()
    {
        Guest guest = _add(_hypervisor);
        return guest.Process is null && guest.Machine is null ? new DirectGuest(guest) : new AgentGuest(guest);
    }

    /// <inheritdoc/>
    public void Assign(ITestGuest guest, DeviceIndex device, MacAddress address)
    {
        _devices[device].Nic.SetMacAddress(guest.Id, address);
        _hypervisor.Assign(GuestOf(guest), _devices[device].Device);
    }

    /// <inheritdoc/>
    public void SetTerms(DeviceIndex device, TimeSpan slice, TimeSpan grace, bool detaches)
    {
        SharedDevice shared = _devices[device].Device;
        shared.Slice = slice;
        shared.Grace = grace;
        shared.Policy = detaches ? OverrunPolicy.Detach : OverrunPolicy.Stop;
    }

    /// <inheritdoc/>
    public void Stop(ITestGuest guest) => GuestOf(guest).Stop();

    /// <inheritdoc/>
    public void Remove(ITestGuest guest) => _hypervisor.RemoveGuest(GuestOf(guest));

    /// <inheritdoc/>
    public void Unplug(DeviceIndex device) => _hypervisor.RemoveDevice(_devices[device].Device);

    /// <inheritdoc/>
    public void Dispose() => _hypervisor.Dispose();

    private static Guest GuestOf(ITestGuest guest) => ((ReferenceGuest)guest).Guest;
}
