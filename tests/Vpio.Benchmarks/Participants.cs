using Vpio.Abi.Network;
using Vpio.GuestDriver;
using Vpio.Hypervisor;
using Vpio.Hypervisor.Devices.Network;
using Vpio.Hypervisor.Guests;

namespace Vpio.Benchmarks;

/// <summary>Are the guests that share one NIC in a benchmark.</summary>
internal sealed class Participants : IDisposable
{
    private readonly List<Participant> _all = [];

    public Participants(ReferenceHypervisor hypervisor, IWire wire, int count, IReadOnlyList<int>? nicAffinity = null)
    {
        Nic = new Nic(wire, new NicOptions { HardAffinity = nicAffinity });
        Shared = hypervisor.AddDevice(Nic);
        for (int i = 1; i <= count; i++)
        {
            Guest guest = hypervisor.AddGuest();
            MacAddress address = new(0x02 | ((ulong)(i & 0xff) << 40) | ((ulong)(i >> 8) << 32));
            Nic.SetMacAddress(guest.Id, address);
            hypervisor.Assign(guest, Shared);
            GuestDomain domain = GuestDomain.Attach(guest.Port);
            GuestDevice device = domain.GetDevice(Shared.Index);
            _all.Add(new Participant(guest, domain, device, new NicTransmitter(domain, device), address));
        }
    }

    public Nic Nic { get; }

    public SharedDevice Shared { get; }

    public Participant this[int index] => _all[index];

    /// <summary>Counts the frames that all of them sent.</summary>
    public ulong FramesSent => _all.Aggregate(0UL, (sum, each) => sum + Nic.GetCounters(each.Guest.Id).TxFrames);

    /// <summary>Gets how long each of them owned the NIC so far, milliseconds.</summary>
    public double[] OwnedMs => [.. _all.Select(each => Shared.GetOwnershipStatistics(each.Guest).Owned.TotalMilliseconds)];

    public int Count => _all.Count;

    public void Dispose() => _all.ForEach(each => each.Domain.Dispose());
}
