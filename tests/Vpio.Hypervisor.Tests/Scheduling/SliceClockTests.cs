using Vpio.Abi;
using Vpio.Protocol.Tests;

namespace Vpio.Hypervisor.Tests.Scheduling;

/// <summary>Holds when slices and graces begin and end, and what the device page shows of them (docs/ownership.md, rules 5 and 6).</summary>
[TestFixture]
internal sealed class SliceClockTests
{
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    private World _world = null!;
    private RawGuest _a = null!;
    private RawGuest _b = null!;
    private RawGuest _c = null!;
    private DateTimeOffset _start;

    /// <summary>Gets the hypervisor's clock: it starts at one second, so that 0 can mean "none".</summary>
    private ulong NowNs => 1_000_000_000 + ((ulong)(_world.Time.GetUtcNow() - _start).Ticks * 100);

    private static ulong SliceNs => 10_000_000;

    private static ulong GraceNs => 5_000_000;

    [SetUp]
    public void StartWorld()
    {
        _world = new World(guests: 3);
        _start = _world.Time.GetUtcNow();
        (_a, _b, _c) = (_world.Guests[0], _world.Guests[1], _world.Guests[2]);
    }

    [TearDown]
    public void EndWorld() => _world.Dispose();

    [Test]
    public void ASliceStartsWhenTheFirstGuestJoinsNotWhenTheOwnerCame()
    {
        _a.TryGrab();
        _world.Time.Advance(TimeSpan.FromMilliseconds(700));
        Assert.That(_a.Slot.SliceEndNs, Is.Zero);
        _b.Queue();
        Assert.That(_a.Slot.SliceEndNs, Is.EqualTo(NowNs + SliceNs));
    }

    [Test]
    public void ASecondJoinerDoesNotMoveTheEndOfTheSlice()
    {
        _a.TryGrab();
        _b.Queue();
        ulong end = _a.Slot.SliceEndNs;
        _world.Time.Advance(World.Slice / 2);
        _c.Queue();
        _b.Queue();
        Assert.That(_a.Slot.SliceEndNs, Is.EqualTo(end));
    }

    [Test]
    public void AJoinerThatLeavesAndComesBackGivesTheOwnerNoLongerSlice()
    {
        _a.TryGrab();
        _b.Queue();
        ulong end = _a.Slot.SliceEndNs;
        _world.Time.Advance(World.Slice / 2);
        _b.Cancel();
        _b.Queue();
        Assert.That(_a.Slot.SliceEndNs, Is.EqualTo(end));
    }

    [Test]
    public void AGrantMadeWhileOthersWaitStartsItsSliceAtOnce()
    {
        _a.TryGrab();
        _b.Queue();
        _c.Queue();
        _world.Time.Advance(World.Slice / 2);
        _a.Release();
        Assert.That(_b.Owns);
        Assert.That(_b.Slot.SliceEndNs, Is.EqualTo(NowNs + SliceNs));
    }

    [Test]
    public void ThePageShowsTheGraceOfARevokedOwnerAndTakesBothTimesOffAtItsEnd()
    {
        Revoke();
        Assert.That(_a.Slot.GraceEndNs, Is.EqualTo(NowNs + GraceNs));
        Assert.That(_a.Slot.Revocations, Is.EqualTo(1));
        _a.Release();
        Assert.That((_a.Slot.SliceEndNs, _a.Slot.GraceEndNs), Is.EqualTo((0UL, 0UL)), "nobody waits for the next owner");
    }

    [Test]
    public void ASliceLeftBehindDoesNotEndTheNextGuestsEarly()
    {
        _a.TryGrab();
        _b.Queue();
        _world.Time.Advance(World.Slice - Tick);
        _a.Release();
        _a.Queue();
        _world.Time.Advance(World.Slice - Tick);
        Assert.That(_b.Word.State, Is.EqualTo(DeviceState.Owned), "b's slice began when a joined");
        _world.Time.Advance(Tick);
        Assert.That(_b.Word.State, Is.EqualTo(DeviceState.Revoking));
    }

    [Test]
    public void ASliceLeftBehindDoesNotEndTheSameGuestsNextOwnershipEarly()
    {
        _a.TryGrab();
        _b.Queue();
        _b.Cancel();
        _world.Time.Advance(World.Slice - Tick);
        _a.Release();
        _a.TryGrab();
        _b.Queue();
        _world.Time.Advance(World.Slice - Tick);
        Assert.That(_a.Word.State, Is.EqualTo(DeviceState.Owned));
        Assert.That(_a.Slot.Revocations, Is.Zero);
        _world.Time.Advance(Tick);
        Assert.That(_a.Word.State, Is.EqualTo(DeviceState.Revoking));
    }

    [Test]
    public void AGraceLeftBehindDoesNotStopTheSameGuestsNextOwnership()
    {
        Revoke();
        _world.Time.Advance(World.Grace - Tick);
        _a.Release();
        _a.Queue();
        _b.Release();
        Assert.That(_a.Owns);
        _world.Time.Advance(Tick);
        Assert.That(_a.Owns);
        Assert.That(_a.Slot.ForcedStops, Is.Zero);
    }

    [Test]
    public void ASliceLeftBehindByAnOwnerWithoutWaitersRevokesNobody()
    {
        _a.TryGrab();
        _b.Queue();
        _a.Release();
        _b.Release();
        _c.TryGrab();
        _world.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.That(_c.Word.State, Is.EqualTo(DeviceState.Owned));
        Assert.That(_c.Slot.Revocations, Is.Zero);
    }

    [Test]
    public void ASliceThatNobodyWaitsForAtItsEndIsForgotten()
    {
        _a.TryGrab();
        _b.Queue();
        _b.Cancel();
        _world.UseUpSlice();
        Assert.That(_a.Slot.SliceEndNs, Is.Zero);
        _world.Time.Advance(TimeSpan.FromMilliseconds(3));
        _b.Queue();
        Assert.That(_a.Slot.SliceEndNs, Is.EqualTo(NowNs + SliceNs));
    }

    [Test]
    public void WaitersThatNeverReleaseAreStoppedOneAfterTheOther()
    {
        _a.TryGrab();
        _b.Queue();
        _c.Queue();
        _world.Time.Advance(World.Slice);
        _world.Time.Advance(World.Grace);
        Assert.That(_b.Owns);
        _world.Time.Advance(World.Slice);
        _world.Time.Advance(World.Grace);
        Assert.That(_c.Owns);
        Assert.That(_c.Slot.ForcedStops, Is.EqualTo(2));
        _world.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.That(_c.Owns, "nobody is left who waits");
    }

    private void Revoke()
    {
        _a.TryGrab();
        _b.Queue();
        _world.UseUpSlice();
        Assert.That(_a.Word.State, Is.EqualTo(DeviceState.Revoking));
    }
}
