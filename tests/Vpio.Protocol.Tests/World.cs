using Microsoft.Extensions.Time.Testing;
using Vpio.Abi.Network;
using Vpio.Hypervisor;
using Vpio.Hypervisor.Devices.Network;
using Vpio.Hypervisor.Guests;

namespace Vpio.Protocol.Tests;

/// <summary>Is a hypervisor with one NIC and some guests, on a clock that only the test moves: what happens, happens in the order of the test.</summary>
internal sealed class World : IDisposable
{
    public static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(10);
    public static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(5);

    public World(int guests, NicOptions? nicOptions = null, IWire? wire = null)
    {
        Hypervisor = new ReferenceHypervisor(new HypervisorOptions { TimeProvider = Time, Slice = Slice, Grace = Grace });
        Nic = new Nic(wire ?? new LoopbackWire(), nicOptions);
        Device = Hypervisor.AddDevice(Nic);
        Guests = [.. Enumerable.Range(0, guests).Select(_ => AddGuest())];
    }

    public FakeTimeProvider Time { get; } = new();

    public ReferenceHypervisor Hypervisor { get; }

    public Nic Nic { get; }

    public SharedDevice Device { get; }

    public RawGuest[] Guests { get; }

    public static MacAddress AddressOf(int number) => new(0x0000_0056_5002UL | ((ulong)number << 40));

    public RawGuest AddGuest()
    {
        Guest guest = Hypervisor.AddGuest();
        Nic.SetMacAddress(guest.Id, AddressOf(guest.Id.Value));
        Hypervisor.Assign(guest, Device);
        return new RawGuest(guest);
    }

    /// <summary>Ends the slice of the present owner: somebody must be waiting.</summary>
    public void UseUpSlice() => Time.Advance(Slice);

    /// <summary>Ends the grace of the present owner.</summary>
    public void UseUpGrace() => Time.Advance(Grace);

    public void Dispose() => Hypervisor.Dispose();
}
