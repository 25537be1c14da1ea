using Vpio.Abi;
using Vpio.Abi.Network;
using Vpio.Abi.Operations;
using Vpio.AssembledGuests;
using Vpio.Hostile.Attacks;
using Vpio.Hostile.Grounds;
using Vpio.Hypervisor.Guests;
using Vpio.Programs;

namespace Vpio.Hostile.Tests;

/// <summary>Holds that what attacks do by the port of a virtual machine is done in the machine.</summary>
[TestFixture]
internal sealed class MachinePortTests
{
    private const int Times = 10;

    [Test]
    public void EachCallKickAndAccessToARegisterComesOutOfTheMachine()
    {
        using ReferenceGround ground = OpenGround(out MachineGuest guest, out ReferenceMachine machine);
        IHostileWindow own = guest.GetWindow(ground.Devices[0]);
        for (int i = 0; i < Times; i++)
        {
            DeviceOpArgument grab = new() { Input0 = ground.Devices[0].Value };
            Assert.That(guest.Port.Call((uint)DeviceOp.Grab, ref grab), Is.Zero);
            Assert.That(own.Read32(NicRegister.Identity), Is.EqualTo(NicRegister.IdentityValue));
            DeviceOpArgument release = new() { Input0 = ground.Devices[0].Value, Input1 = grab.Output };
            Assert.That(guest.Port.Call((uint)DeviceOp.Release, ref release), Is.Zero);
            Assert.That(own.Read32(NicRegister.Identity), Is.EqualTo(uint.MaxValue));
            own.Write64(NicRegister.TxRingIova, 1);
            guest.GetWindow(ground.Devices[1]).Write32(NicRegister.TxTail, 1);
            guest.Port.Kick(ground.Devices[0]);
        }

        MachineStatistics statistics = machine.Guest.Machine!.Statistics;
        Assert.That((statistics.Calls, statistics.Kicks, statistics.StrayAccesses), Is.EqualTo((2 * Times, Times, 3 * Times)));
    }

    [Test]
    public void WhenItsMachineHasEndedNothingIsDoneAnyMore()
    {
        using ReferenceGround ground = OpenGround(out MachineGuest guest, out ReferenceMachine machine);
        guest.Stop();
        machine.Guest.Machine!.Ended.Wait();
        MachineStatistics before = machine.Guest.Machine.Statistics;
        DeviceOpArgument grab = new() { Input0 = ground.Devices[0].Value };
        Assert.That(guest.Port.Call((uint)DeviceOp.Grab, ref grab), Is.EqualTo((long)DeviceStatus.Denied));
        Assert.That(guest.GetWindow(ground.Devices[0]).Read64(NicRegister.MacAddress), Is.EqualTo(ulong.MaxValue));
        guest.Port.Kick(ground.Devices[0]);
        Assert.That((guest.Standing, machine.Guest.Machine.Statistics), Is.EqualTo((GuestStanding.Stopped, before)));
    }

    [Test]
    public void ItsPagesAreThoseThatTheMachineHas()
    {
        using ReferenceGround ground = OpenGround(out MachineGuest guest, out _);
        NegotiateGuest(guest.Port);
        Assert.That(guest.Port.GuestPage.Header.DomainId, Is.EqualTo(guest.Id.Value));
        DeviceOpArgument grab = new() { Input0 = ground.Devices[0].Value };
        Assert.That(guest.Port.Call((uint)DeviceOp.Grab, ref grab), Is.Zero);
        Assert.That(DeviceSlot.ReadState(in DevicePage.Slot(in guest.Port.DevicePage, ground.Devices[0])).Owner, Is.EqualTo(guest.Id));
    }

    private static ReferenceGround OpenGround(out MachineGuest guest, out ReferenceMachine machine)
    {
        UsableKvm.Demand();
        ReferenceGround ground = new(GroundTerms.Usual);
        machine = (ReferenceMachine)ground.AddMachine([ground.Devices[0]], AssembledAgent.Image, stopsAtStrayAccess: false)!;
        guest = new MachineGuest(machine, ground.AddGuest([]).Port);
        guest.Start(TimeSpan.FromSeconds(60));
        return ground;
    }

    private static void NegotiateGuest(IHypercallPort port)
    {
        DeviceOpArgument negotiate = new() { Input0 = VpioVersion.Major };
        Assert.That(port.Call((uint)DeviceOp.Negotiate, ref negotiate), Is.Zero);
    }
}
