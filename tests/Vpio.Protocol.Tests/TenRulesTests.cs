using Vpio.Abi;

namespace Vpio.Protocol.Tests;

/// <summary>Holds the ten rules of docs/ownership.md, each where a guest sees it: through bare hypercalls and the shared pages.</summary>
[TestFixture]
internal sealed class TenRulesTests
{
    private World _world = null!;
    private RawGuest _a = null!;
    private RawGuest _b = null!;
    private RawGuest _c = null!;

    [SetUp]
    public void StartWorld()
    {
        _world = new World(guests: 3);
        (_a, _b, _c) = (_world.Guests[0], _world.Guests[1], _world.Guests[2]);
    }

    [TearDown]
    public void EndWorld() => _world.Dispose();

    [Test]
    public void Rule1_ADeviceHasOneOwnerAndEveryGrantANewGeneration()
    {
        ulong before = _a.Generation.Value;
        Assert.That(_a.TryGrab(), Is.EqualTo(DeviceStatus.Ok));
        Assert.That(_b.TryGrab(), Is.EqualTo(DeviceStatus.Busy));
        Assert.That(_a.Word, Is.EqualTo(new StateWord(DeviceState.Owned, _a.Id, new Generation(before + 1))));
        Assert.That(_a.Release(), Is.EqualTo(DeviceStatus.Ok));
        Assert.That(_b.TryGrab(), Is.EqualTo(DeviceStatus.Ok));
        Assert.That(_b.Word, Is.EqualTo(new StateWord(DeviceState.Owned, _b.Id, new Generation(before + 2))));
    }

    [Test]
    public void Rule2_AReleaseInTimeBeatsTheTimeout()
    {
        Revoke(_a, _b);
        Assert.That(_a.Release(), Is.EqualTo(DeviceStatus.Ok));
        Assert.That(_b.Owns);
        _world.UseUpGrace();
        Assert.That(_b.Owns, "the grace of the former owner ended the next ownership");
        Assert.That(_a.Slot.ForcedStops, Is.Zero);
    }

    [Test]
    public void Rule2_ATimeoutBeatsALateRelease()
    {
        Revoke(_a, _b);
        Generation held = _a.Generation;
        _world.UseUpGrace();
        Assert.That(_b.Owns);
        Assert.That(_a.Release(held), Is.EqualTo(DeviceStatus.Denied));
        Assert.That(_b.Owns);
        Assert.That(_a.Slot.ForcedStops, Is.EqualTo(1));
    }

    [Test]
    public void Rule3_AWaiterIsGrantedAsSoonAsTheDeviceIsReleased()
    {
        _a.TryGrab();
        Assert.That(_b.Queue(), Is.EqualTo(DeviceStatus.Queued));
        _b.TakeEvents();
        _a.Release();
        Assert.That(_b.Owns);
        Assert.That(_b.TakeEvents(), Is.EqualTo(DeviceEvents.Granted));
        Assert.That(_b.Wait(timeoutNs: 0), Is.EqualTo(DeviceStatus.TimedOut), "the upcall was taken, nothing more is pending");
    }

    [Test]
    public void Rule3_AGrabNeverPassesAWaiter()
    {
        _a.TryGrab();
        _b.Queue();
        _a.Release();
        Assert.That(_a.TryGrab(), Is.EqualTo(DeviceStatus.Busy));
        Assert.That(_b.Owns);
    }

    [Test]
    public void Rule4_BetweenTwoGrantsToOneGuestEveryOtherWaiterGetsExactlyOne()
    {
        RawGuest[] guests = _world.Guests;
        List<DomainId> grants = [];
        guests[0].TryGrab();
        for (int turn = 0; turn < 30; turn++)
        {
            RawGuest owner = guests.Single(guest => guest.Owns);
            grants.Add(owner.Id);
            foreach (RawGuest other in guests.Where(guest => guest != owner))
                Assert.That(other.Queue(), Is.EqualTo(DeviceStatus.Queued));
            owner.Release();
        }

        for (int i = 0; i + guests.Length <= grants.Count; i++)
            Assert.That(grants.Skip(i).Take(guests.Length), Is.Unique, $"grants {string.Join(' ', grants)}");
    }

    [Test]
    public void Rule5_NobodyIsRevokedWhileNobodyWaits()
    {
        _a.TryGrab();
        _world.Time.Advance(1000 * World.Slice);
        Assert.That(_a.Word.State, Is.EqualTo(DeviceState.Owned));
        Assert.That(_a.Slot.SliceEndNs, Is.Zero);
    }

    [Test]
    public void Rule5_AWaiterThatLeftIsNobody()
    {
        _a.TryGrab();
        _b.Queue();
        _b.Cancel();
        _world.UseUpSlice();
        Assert.That(_a.Word.State, Is.EqualTo(DeviceState.Owned));
        _c.Queue();
        Assert.That(_a.Slot.SliceEndNs, Is.Not.Zero, "the next joiner starts a slice of its own");
        _world.UseUpSlice();
        Assert.That(_a.Word.State, Is.EqualTo(DeviceState.Revoking));
    }

    [Test]
    public void Rule6_TheNextGuestOwnsTheDeviceAfterSliceAndGraceWhateverTheOwnerDoes()
    {
        _a.TryGrab();
        _b.Queue();
        _world.Time.Advance(World.Slice - TimeSpan.FromTicks(1));
        Assert.That(_a.Word.State, Is.EqualTo(DeviceState.Owned));
        _world.Time.Advance(TimeSpan.FromTicks(1));
        Assert.That(_a.Word.State, Is.EqualTo(DeviceState.Revoking));
        Assert.That(_a.TakeEvents(), Is.EqualTo(DeviceEvents.Revoke));
        _world.Time.Advance(World.Grace - TimeSpan.FromTicks(1));
        Assert.That(_a.Owns);
        _world.Time.Advance(TimeSpan.FromTicks(1));
        Assert.That(_b.Owns);
    }

    [Test]
    public void Rule8_AStoppedGuestLeavesTheQueueAndGivesBackTheDevice()
    {
        _a.TryGrab();
        _b.Queue();
        _c.Queue();
        _b.Guest.Stop();
        _a.Guest.Stop();
        Assert.That(_c.Owns, "both before it were stopped");
        Assert.That(_a.TryGrab(), Is.EqualTo(DeviceStatus.Denied));
        Assert.That(_b.Queue(), Is.EqualTo(DeviceStatus.Denied));
    }

    [Test]
    public void Rule8_AStoppedGuestIsNobodyThatWaits()
    {
        _a.TryGrab();
        _b.Queue();
        _b.Guest.Stop();
        Assert.That(_a.Slot.Waiters, Is.Zero);
        _world.UseUpSlice();
        Assert.That(_a.Word.State, Is.EqualTo(DeviceState.Owned));
    }

    [Test]
    public void Rule8_AStopEndsASleep()
    {
        Task<DeviceStatus> sleep = Task.Factory.StartNew(() => _a.Wait(), TaskCreationOptions.LongRunning);
        _a.Guest.Stop();
        Assert.That(sleep.Wait(TimeSpan.FromSeconds(30)), "the sleep did not end");
        Assert.That(sleep.Result, Is.EqualTo(DeviceStatus.Denied));
    }

    [Test]
    public void Rule8_ARemovedGuestsIdServesTheNextGuestAndNothingOfTheFormerComesWithIt()
    {
        DomainId id = _a.Id;
        _a.TryGrab();
        Generation held = _a.Generation;
        _b.Queue();
        _world.Hypervisor.RemoveGuest(_a.Guest);
        Assert.That(_b.Owns);
        RawGuest next = _world.AddGuest();
        Assert.That(next.Id, Is.EqualTo(id));
        Assert.That(next.Release(held), Is.EqualTo(DeviceStatus.NotOwner));
        Assert.That(_a.TryGrab(), Is.EqualTo(DeviceStatus.Denied), "the former guest's port is dead");
        Assert.That(next.Queue(), Is.EqualTo(DeviceStatus.Queued));
    }

    [Test]
    public void Rule9_ACancelBeforeTheGrantLeavesTheQueue()
    {
        _a.TryGrab();
        _b.Queue();
        Assert.That(_b.Cancel(), Is.EqualTo(DeviceStatus.Ok));
        Assert.That(_b.Cancel(), Is.EqualTo(DeviceStatus.NotFound));
        _a.Release();
        Assert.That(_a.Word.State, Is.EqualTo(DeviceState.Free));
        Assert.That(_b.TakeEvents(), Is.EqualTo(DeviceEvents.None));
    }

    [Test]
    public void Rule9_ACancelAfterTheGrantSaysSo()
    {
        _a.TryGrab();
        _b.Queue();
        _a.Release();
        Assert.That(_b.Cancel(), Is.EqualTo(DeviceStatus.Exists));
        Assert.That(_b.Owns);
    }

    [Test]
    public void Rule10_UnplugTellsTheOwnerAndTheWaitersAndEndsBoth()
    {
        _a.TryGrab();
        Generation held = _a.Generation;
        _b.Queue();
        _world.Hypervisor.RemoveDevice(_world.Device);
        Assert.That(_a.Word, Is.EqualTo(new StateWord(DeviceState.Offline, DomainId.Invalid, held)));
        Assert.That(_a.TakeEvents(), Is.EqualTo(DeviceEvents.Removed));
        Assert.That(_b.TakeEvents(), Is.EqualTo(DeviceEvents.Removed));
        Assert.That(_a.Release(held), Is.EqualTo(DeviceStatus.NoDevice));
        Assert.That(_c.Queue(), Is.EqualTo(DeviceStatus.NoDevice));
    }

    [Test]
    public void Rule10_GenerationsGoOnAfterReplug()
    {
        _a.TryGrab();
        ulong before = _a.Generation.Value;
        _world.Device.Ownership.Unplug(out _);
        Assert.That(_b.TryGrab(), Is.EqualTo(DeviceStatus.NoDevice));
        Assert.That(_world.Device.Ownership.Plug());
        Assert.That(_b.TryGrab(0, out var args), Is.EqualTo(DeviceStatus.Ok));
        Assert.That(args.Generation, Is.GreaterThan(before));
    }

    private void Revoke(RawGuest owner, RawGuest waiter)
    {
        owner.TryGrab();
        waiter.Queue();
        _world.UseUpSlice();
        Assert.That(owner.Word.State, Is.EqualTo(DeviceState.Revoking));
    }
}
