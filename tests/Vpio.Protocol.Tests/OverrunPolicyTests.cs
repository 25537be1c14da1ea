using Vpio.Abi;
using Vpio.Hypervisor;
using Vpio.Hypervisor.Guests;
using Vpio.Hypervisor.Scheduling;

namespace Vpio.Protocol.Tests;

/// <summary>Holds what becomes of an owner that outlives its grace (docs/ownership.md, "An owner that outlives its grace").</summary>
[TestFixture]
internal sealed class OverrunPolicyTests
{
    private World _world = null!;
    private RawGuest _hog = null!;
    private RawGuest _other = null!;

    [SetUp]
    public void StartWorld()
    {
        _world = new World(guests: 3);
        (_hog, _other) = (_world.Guests[0], _world.Guests[1]);
        _world.Device.Policy = OverrunPolicy.Detach;
    }

    [TearDown]
    public void EndWorld() => _world.Dispose();

    [Test]
    public void UnderDetachOnlyTheDeviceIsTaken()
    {
        Generation held = Overrun();
        Assert.That(_other.Owns, "the next guest has it");
        Assert.That(_hog.Guest.State, Is.EqualTo(GuestState.Running));
        Assert.That(_hog.Release(held), Is.EqualTo(DeviceStatus.NotOwner), "a late release changes nothing");
        Assert.That(_hog.TakeEvents(), Is.EqualTo(DeviceEvents.Revoke | DeviceEvents.Reset));
        Assert.That(_hog.Queue(), Is.EqualTo(DeviceStatus.Queued), "it may ask again");
        Assert.That(_hog.Slot.ForcedStops, Is.EqualTo(1));
        Assert.That(_hog.Query().ForcedStops, Is.EqualTo(1));
    }

    [Test]
    public void ADetachedGuestsContextIsGone()
    {
        RegisterWindow window = _hog.Port.GetWindow(new DeviceIndex(0));
        _hog.TryGrab();
        window.Write64(Abi.Network.NicRegister.TxRingIova, 0x1230);
        Overrun();
        _other.Release();
        Assert.That(_hog.TryGrab(), Is.EqualTo(DeviceStatus.Ok));
        Assert.That(window.Read64(Abi.Network.NicRegister.TxRingIova), Is.Zero);
    }

    [Test]
    public void WhoIsDetachedThreeTimesWithinAMinuteIsQuarantined()
    {
        OverrunAndRelease();
        OverrunAndRelease();
        Assert.That(_hog.Guest.State, Is.EqualTo(GuestState.Running));
        OverrunAndRelease();
        Assert.That(_hog.Guest.State, Is.EqualTo(GuestState.Quarantined));
        Assert.That((_hog.TryGrab(), _hog.Queue()), Is.EqualTo((DeviceStatus.Denied, DeviceStatus.Denied)));
        Assert.That(_hog.Query().ForcedStops, Is.EqualTo(3), "other calls are taken");
        Assert.That(_hog.Cancel(), Is.EqualTo(DeviceStatus.NotFound));
        Assert.That(_hog.Wait(timeoutNs: 0), Is.Not.EqualTo(DeviceStatus.Denied));
    }

    [Test]
    public void WhoIsDetachedLessOftenIsNot()
    {
        for (int i = 0; i < 6; i++)
        {
            OverrunAndRelease();
            _world.Time.Advance(TimeSpan.FromSeconds(31));
        }

        Assert.That(_hog.Guest.State, Is.EqualTo(GuestState.Running));
    }

    [Test]
    public void AQuarantineTakesTheOtherDevicesAndQueuesTooAndSaysSo()
    {
        SharedDevice second = AddDevice();
        SharedDevice third = AddDevice();
        uint[] indices = [second.Index.Value, third.Index.Value];
        third.Grace = HypervisorOptions.MaxDuration; // Its owner is no hog.
        OverrunAndRelease();
        OverrunAndRelease();
        Assert.That(_hog.TryGrab(indices[0], out _), Is.EqualTo(DeviceStatus.Ok));
        Assert.That(_other.TryGrab(indices[1], out _), Is.EqualTo(DeviceStatus.Ok));
        Assert.That(_hog.Queue(indices[1]), Is.EqualTo(DeviceStatus.Queued));
        OverrunAndRelease();

        Assert.That(_hog.WordOf(second.Index).State, Is.EqualTo(DeviceState.Free));
        Assert.That(third.Ownership.Waiting.Contains(_hog.Id), Is.False);
        Assert.That(_hog.TakeEvents(indices[0]).HasFlag(DeviceEvents.Reset) && _hog.TakeEvents(indices[1]).HasFlag(DeviceEvents.Reset), "whoever waits is woken");
    }

    [Test]
    public void AResumedGuestGrabsAgainAndBeginsWithoutHistory()
    {
        for (int i = 0; i < 3; i++)
            OverrunAndRelease();
        _hog.Guest.Resume();
        Assert.That(_hog.Guest.State, Is.EqualTo(GuestState.Running));
        OverrunAndRelease();
        OverrunAndRelease();
        Assert.That(_hog.Guest.State, Is.EqualTo(GuestState.Running));
        Assert.That(_hog.TryGrab(), Is.EqualTo(DeviceStatus.Ok));
    }

    [Test]
    public void AQuarantinedGuestCanBeStoppedAndRemoved()
    {
        for (int i = 0; i < 3; i++)
            OverrunAndRelease();
        _hog.Guest.Stop();
        Assert.That(_hog.Cancel(), Is.EqualTo(DeviceStatus.Denied));
        _hog.Guest.Resume();
        Assert.That(_hog.TryGrab(), Is.EqualTo(DeviceStatus.Ok));
        _world.Hypervisor.RemoveGuest(_hog.Guest);
        Assert.That(_other.Word.State, Is.EqualTo(DeviceState.Free));
    }

    [Test]
    public void ThePolicyThatCountsIsThatOfTheEndOfTheGrace()
    {
        _hog.TryGrab();
        _other.Queue();
        _world.UseUpSlice();
        _world.Device.Policy = OverrunPolicy.Stop;
        _world.UseUpGrace();
        Assert.That(_hog.Guest.State, Is.EqualTo(GuestState.Stopped));
        Assert.That(_other.Owns);
    }

    [Test]
    public void AStoppedOwnerThatWaitsElsewhereWaitsNoMore()
    {
        _world.Device.Policy = OverrunPolicy.Stop;
        SharedDevice second = AddDevice();
        _other.TryGrab(second.Index.Value, out _);
        _hog.Queue(second.Index.Value);
        Overrun();
        Assert.That(second.Ownership.Waiting.Any(), Is.False);
    }

    [TestCase(0, 60)]
    [TestCase(-1, 60)]
    [TestCase(3, 0)]
    [TestCase(3, -1)]
    [TestCase(3, 86_401)]
    public void AQuarantineThatCannotBeIsRefused(int after, int withinSeconds) => Assert.That(
        () => new ReferenceHypervisor(new HypervisorOptions { QuarantineAfter = after, QuarantineWithin = TimeSpan.FromSeconds(withinSeconds) }),
        Throws.TypeOf<ArgumentOutOfRangeException>());

    [Test]
    public void APolicyThatIsNoneIsRefused() => Assert.That(
        () => new ReferenceHypervisor(new HypervisorOptions { Policy = (OverrunPolicy)7 }), Throws.TypeOf<ArgumentOutOfRangeException>());

    private SharedDevice AddDevice()
    {
        Hypervisor.Devices.Network.Nic nic = new(new Hypervisor.Devices.Network.LoopbackWire());
        SharedDevice device = _world.Hypervisor.AddDevice(nic);
        foreach (RawGuest guest in _world.Guests)
        {
            nic.SetMacAddress(guest.Id, World.AddressOf(guest.Id.Value));
            _world.Hypervisor.Assign(guest.Guest, device);
        }

        return device;
    }

    /// <summary>Lets the hog outlive its grace, with the other guest waiting.</summary>
    /// <returns>The ownership that it lost.</returns>
    private Generation Overrun()
    {
        _hog.TryGrab();
        Generation held = _hog.Generation;
        _other.Queue();
        _world.UseUpSlice(); // A guest that owes has a shorter one.
        _world.UseUpGrace();
        return held;
    }

    private void OverrunAndRelease()
    {
        Overrun();
        Assert.That(_other.Owns);
        _other.Release();
    }
}
