using Microsoft.Extensions.Time.Testing;
using Vpio.Abi;
using Vpio.Abi.Operations;
using Vpio.Hypervisor;
using Vpio.Hypervisor.Guests;
using Vpio.Hypervisor.Scheduling;

namespace Vpio.Fuzz.Worlds;

/// <summary>Is a hypervisor on virtual time with some NICs, which work when they are told to, and two guests that may use all of them.</summary>
internal sealed class FuzzWorld : IDisposable
{
    /// <summary>How much memory a guest has, bytes.</summary>
    public const int MemoryBytes = 16 * 4096;

    private const int WorldsBetweenCollections = 200;

    private static int _worlds;

    private readonly Faults _faults;

    /// <summary>Makes the world.</summary>
    /// <param name="nics">How many NICs.</param>
    /// <param name="policy">What becomes of an owner that outlives its grace.</param>
    /// <param name="faults">What is to be broken.</param>
    public FuzzWorld(int nics, OverrunPolicy policy, Faults faults)
    {
        _faults = faults;
        Hypervisor = new ReferenceHypervisor(new HypervisorOptions
        {
            TimeProvider = Time,
            Policy = policy,
            QuarantineAfter = 2,
            GuestMemoryBytes = MemoryBytes,
            ApplicationBytes = 4096,
        });
        Nics = [.. Enumerable.Range(0, nics).Select(_ => new FuzzNic(this, faults))];
        Guests = [AddGuest(), AddGuest()];
    }

    /// <summary>Gets the clock.</summary>
    public FakeTimeProvider Time { get; } = new();

    /// <summary>Gets the hypervisor.</summary>
    public ReferenceHypervisor Hypervisor { get; }

    /// <summary>Gets the NICs.</summary>
    public FuzzNic[] Nics { get; }

    /// <summary>Gets the guests.</summary>
    public FuzzGuest[] Guests { get; }

    /// <summary>Removes a guest and adds another.</summary>
    /// <param name="place">Where it stands in <see cref="Guests"/>.</param>
    /// <returns>The one that is gone.</returns>
    public FuzzGuest ReplaceGuest(int place)
    {
        FuzzGuest former = Guests[place];
        Hypervisor.RemoveGuest(former.Guest);
        Guests[place] = AddGuest();
        return former;
    }

    /// <summary>Unplugs a NIC and plugs another in.</summary>
    /// <param name="place">Where it stands in <see cref="Nics"/>.</param>
    public void ReplaceNic(int place)
    {
        Hypervisor.RemoveDevice(Nics[place].Device);
        Nics[place] = new FuzzNic(this, _faults);
        foreach (FuzzGuest guest in Guests)
            Assign(guest.Guest, Nics[place]);
    }

    /// <summary>Removes all guests, and looks whether one that comes then is served as if they had never been.</summary>
    /// <returns>That guest, which owns every device.</returns>
    public FuzzGuest ServeAFreshGuest()
    {
        foreach (FuzzGuest guest in Guests)
            Hypervisor.RemoveGuest(guest.Guest);
        FuzzGuest fresh = AddGuest();
        NegotiateArgs hello = new() { Major = VpioVersion.Major, Minor = VpioVersion.Minor };
        BrokenPromiseException.Unless(fresh.Call(ref hello) == DeviceStatus.Ok && hello.Devices == Nics.Length, "A fresh guest is served");
        foreach (FuzzNic nic in Nics)
        {
            StateWord before = nic.Device.State;
            GrabArgs grab = new() { Device = nic.Index.Value };
            BrokenPromiseException.Unless(before.State == DeviceState.Free, "What removed guests had is free", nic.Index.Value);
            BrokenPromiseException.Unless(fresh.Call(ref grab) == DeviceStatus.Ok && grab.Generation > before.Generation.Value, "A fresh guest gets a free device", nic.Index.Value);
        }

        return fresh;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Hypervisor.Dispose();

        // Mappings end by their finalizers: a process may have so many, and allocates too little here to be collected in time.
        if (++_worlds % WorldsBetweenCollections != 0)
            return;
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }

    private FuzzGuest AddGuest()
    {
        Guest guest = Hypervisor.AddGuest();
        foreach (FuzzNic nic in Nics)
            Assign(guest, nic);
        return new FuzzGuest(guest, _faults);
    }

    private void Assign(Guest guest, FuzzNic nic)
    {
        nic.Nic.SetMacAddress(guest.Id, FuzzGuest.AddressOf(guest.Id));
        Hypervisor.Assign(guest, nic.Device);
    }
}
