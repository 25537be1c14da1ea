using Vpio.Hypervisor;
using Vpio.Hypervisor.Devices.Network;
using Vpio.Hypervisor.Guests;

namespace Vpio.Protocol.Tests.Network;

/// <summary>A NIC serves one hypervisor, once, and what was set for a guest goes with it.</summary>
[TestFixture]
internal sealed class NicStationTests
{
    [Test]
    public void ANicIsPluggedInOnce()
    {
        using World world = new(guests: 1);
        using ReferenceHypervisor other = new();
        Assert.Throws<InvalidOperationException>(() => world.Hypervisor.AddDevice(world.Nic));
        Assert.Throws<InvalidOperationException>(() => other.AddDevice(world.Nic));
        world.Hypervisor.RemoveDevice(world.Device);
        Assert.Throws<InvalidOperationException>(() => world.Hypervisor.AddDevice(world.Nic));
        Assert.That(world.Hypervisor.AddDevice(new Nic(new LoopbackWire())).Index, Is.EqualTo(world.Device.Index), "the refused one took no slot");
    }

    [Test]
    public void AnAddressGoesWithItsGuestThoughItWasNeverAssigned()
    {
        using World world = new(guests: 0);
        Guest first = world.Hypervisor.AddGuest();
        world.Nic.SetMacAddress(first.Id, World.AddressOf(1));
        world.Hypervisor.RemoveGuest(first);
        Guest second = world.Hypervisor.AddGuest();
        Guest third = world.Hypervisor.AddGuest();
        Assert.That(second.Id, Is.EqualTo(first.Id));
        Assert.Throws<InvalidOperationException>(() => world.Hypervisor.Assign(second, world.Device), "the address of the guest before");
        world.Nic.SetMacAddress(third.Id, World.AddressOf(1));
        world.Hypervisor.Assign(third, world.Device);
        Assert.That(third.AssignmentOf(world.Device.Index), Is.Not.Null);
    }

    [Test]
    public void AnAddressThatAnotherStillAnswersToIsRefused()
    {
        using World world = new(guests: 1);
        world.Nic.SetMacAddress(world.Guests[0].Id, World.AddressOf(9)); // For its next assignment; in this one it goes on as it is.
        Guest second = world.Hypervisor.AddGuest();
        world.Nic.SetMacAddress(second.Id, World.AddressOf(1));
        Assert.Throws<ArgumentException>(() => world.Hypervisor.Assign(second, world.Device));
    }
}
