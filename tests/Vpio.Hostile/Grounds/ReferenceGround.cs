using Vpio.Abi;
using Vpio.Abi.Network;
using Vpio.Hypervisor;
using Vpio.Hypervisor.Devices.Network;
using Vpio.Hypervisor.Guests;
using Vpio.Hypervisor.Scheduling;

namespace Vpio.Hostile.Grounds;

/// <summary>Is the reference hypervisor as a proving ground, with guests in this process.</summary>
public sealed class ReferenceGround : IProvingGround
{
    private const int GuestMemoryBytes = 1024 * 1024;

    private readonly ReferenceHypervisor _hypervisor;
    private readonly SharedDevice[] _devices;

    /// <summary>Starts the hypervisor with two NICs.</summary>
    /// <param name="terms">How they are shared.</param>
    /// <param name="makeWire">What each NIC is plugged into, when not a loopback: for the tests of the kit itself.</param>
    public ReferenceGround(GroundTerms terms, Func<IWire>? makeWire = null)
    {
        ArgumentNullException.ThrowIfNull(terms);
        _hypervisor = new ReferenceHypervisor(new HypervisorOptions
        {
            Slice = terms.Slice,
            Grace = terms.Grace,
            Policy = terms.Detaches ? OverrunPolicy.Detach : OverrunPolicy.Stop,
            QuarantineAfter = 2,
            GuestMemoryBytes = GuestMemoryBytes,
        });
        _devices = [.. Enumerable.Range(0, 2).Select(_ => _hypervisor.AddDevice(new Nic(makeWire?.Invoke() ?? new LoopbackWire())))];
    }

    /// <inheritdoc/>
    public IReadOnlyList<DeviceIndex> Devices => [.. _devices.Select(device => device.Index)];

    /// <inheritdoc/>
    public IGroundGuest AddGuest(IReadOnlyList<DeviceIndex> devices)
    {
        ArgumentNullException.ThrowIfNull(devices);
        Guest guest = _hypervisor.AddGuest();
        foreach (SharedDevice device in _devices.Where(device => devices.Contains(device.Index)))
        {
            ((Nic)device.Device).SetMacAddress(guest.Id, AddressOf(guest.Id));
            _hypervisor.Assign(guest, device);
        }

        return new ReferenceGuest(_hypervisor, guest);
    }

    /// <inheritdoc/>
    public GroundResources CountResources() => ProcessResources.Count();

    /// <inheritdoc/>
    public void Dispose() => _hypervisor.Dispose();

    private static MacAddress AddressOf(DomainId guest) => new(0x02UL | ((ulong)guest.Value << 32));

    private sealed class ReferenceGuest(ReferenceHypervisor hypervisor, Guest guest) : IGroundGuest
    {
        public DomainId Id => guest.Id;

        public IHypercallPort Port => guest.Port;

        public GuestStanding Standing => guest.State switch
        {
            GuestState.Running => GuestStanding.Running,
            GuestState.Quarantined => GuestStanding.Quarantined,
            GuestState.Stopped => GuestStanding.Stopped,
            _ => GuestStanding.Removed,
        };

        public MacAddress GetAddress(DeviceIndex device) => AddressOf(guest.Id);

        public void Stop() => guest.Stop();

        public void Resume() => guest.Resume();

        public void Remove() => hypervisor.RemoveGuest(guest);
    }
}
