using Vpio.Abi;
using Vpio.Hypervisor.Scheduling;
using Vpio.Protocol.Tests;

namespace Vpio.Hypervisor.Tests.Scheduling;

/// <summary>Holds how long a guest's slices are: weights, debts, and terms that are changed while guests share (docs/ownership.md, "Slice and grace").</summary>
[TestFixture]
internal sealed class SharingTermsTests
{
    private const ulong SliceNs = 10_000_000;
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    private World _world = null!;
    private RawGuest _a = null!;
    private RawGuest _b = null!;
    private DateTimeOffset _start;

    private ulong NowNs => 1_000_000_000 + ((ulong)(_world.Time.GetUtcNow() - _start).Ticks * 100);

    [SetUp]
    public void StartWorld()
    {
        _world = new World(guests: 2);
        _start = _world.Time.GetUtcNow();
        (_a, _b) = (_world.Guests[0], _world.Guests[1]);
    }

    [TearDown]
    public void EndWorld() => _world.Dispose();

    [Test]
    public void ASliceIsTheBaseTimesTheWeight([Values(1, 2, 7, 16)] int weight)
    {
        _world.Device.SetWeight(_a.Guest, weight);
        Share();
        Assert.That(_a.Slot.SliceEndNs, Is.EqualTo(NowNs + (SliceNs * (ulong)weight)));
        Assert.That(_a.Query().Weight, Is.EqualTo(weight));
        Assert.That(_b.Query().Weight, Is.EqualTo(1), "a weight is one guest's");
    }

    [Test]
    public void AWeightOutsideItsRangeIsRefused([Values(int.MinValue, -1, 0, 17, int.MaxValue)] int weight)
    {
        Assert.That(() => _world.Device.SetWeight(_a.Guest, weight), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(_world.Device.GetWeight(_a.Guest), Is.EqualTo(1));
    }

    [Test]
    public void AWeightIsOfADeviceThatTheGuestHas()
    {
        using World other = new(guests: 1);
        Assert.That(() => _world.Device.SetWeight(other.Guests[0].Guest, 2), Throws.InvalidOperationException.With.Message.Contains("assign it first"));
    }

    [Test]
    public void AWeightCountsFromTheNextSliceOn()
    {
        Share();
        ulong end = _a.Slot.SliceEndNs;
        _world.Device.SetWeight(_a.Guest, 3);
        Assert.That(_a.Slot.SliceEndNs, Is.EqualTo(end));
        TakeTurns();
        Assert.That(_a.Slot.SliceEndNs, Is.EqualTo(NowNs + (3 * SliceNs)));
    }

    [Test]
    public void WhoOverranItsSliceOwesThatInTheNext()
    {
        Share();
        _world.UseUpSlice();
        _world.Time.Advance(TimeSpan.FromMilliseconds(2));
        TakeTurns();
        Assert.That(_a.Slot.SliceEndNs, Is.EqualTo(NowNs + SliceNs - 2_000_000));
        _world.Time.Advance(TimeSpan.FromMilliseconds(8));
        TakeTurns();
        Assert.That(_a.Slot.SliceEndNs, Is.EqualTo(NowNs + SliceNs), "it is paid");
    }

    [Test]
    public void ADebtTakesHalfASliceAtMostAndTheRestIsOwedOn()
    {
        _world.Device.Grace = TimeSpan.FromMilliseconds(20);
        Share();
        _world.UseUpSlice();
        _world.Time.Advance(TimeSpan.FromMilliseconds(8));
        TakeTurns();
        Assert.That(_a.Slot.SliceEndNs, Is.EqualTo(NowNs + 5_000_000));
        TakeTurns();
        Assert.That(_a.Slot.SliceEndNs, Is.EqualTo(NowNs + 7_000_000));
        TakeTurns();
        Assert.That(_a.Slot.SliceEndNs, Is.EqualTo(NowNs + SliceNs));
    }

    [Test]
    public void AHeavyGuestPaysFromItsOwnSlice()
    {
        _world.Device.SetWeight(_a.Guest, 2);
        Share();
        _world.Time.Advance(2 * World.Slice);
        _world.Time.Advance(TimeSpan.FromMilliseconds(4));
        TakeTurns();
        Assert.That(_a.Slot.SliceEndNs, Is.EqualTo(NowNs + (2 * SliceNs) - 4_000_000));
    }

    [Test]
    public void WhoReleasesEarlyEarnsNothing()
    {
        Share();
        _world.Time.Advance(World.Slice / 4);
        TakeTurns();
        Assert.That(_a.Slot.SliceEndNs, Is.EqualTo(NowNs + SliceNs));
    }

    [Test]
    public void WhoHeldTheDeviceWithoutASliceOwesNothing()
    {
        _a.TryGrab();
        _world.Time.Advance(TimeSpan.FromMinutes(1));
        _b.Queue();
        TakeTurns();
        Assert.That(_a.Slot.SliceEndNs, Is.EqualTo(NowNs + SliceNs));
    }

    [Test]
    public void NobodyOwesMoreThanTheLongestGrace()
    {
        SliceShare share = new();
        share.Overran(Clock.Nanoseconds(HypervisorOptions.MaxDuration) - 1);
        share.Overran(2);
        Assert.That(share.DebtNs, Is.EqualTo(Clock.Nanoseconds(HypervisorOptions.MaxDuration)));
    }

    [Test]
    public void AnotherSliceCountsFromTheNextOneOn()
    {
        Share();
        _world.Device.Slice = TimeSpan.FromMilliseconds(1);
        _world.Time.Advance(World.Slice - Tick);
        Assert.That(_a.Word.State, Is.EqualTo(DeviceState.Owned), "what has begun goes on");
        TakeTurns();
        Assert.That(_a.Slot.SliceEndNs, Is.EqualTo(NowNs + 1_000_000));
        Assert.That(_a.Query().SliceNs, Is.EqualTo(1_000_000));
    }

    [Test]
    public void AnotherGraceCountsFromTheNextOneOn()
    {
        Share();
        _world.Device.Grace = TimeSpan.FromMilliseconds(50);
        _world.UseUpSlice();
        Assert.That(_a.Slot.GraceEndNs, Is.EqualTo(NowNs + 50_000_000));
        _world.Device.Grace = TimeSpan.FromMilliseconds(1);
        _world.Time.Advance(TimeSpan.FromMilliseconds(50) - Tick);
        Assert.That(_a.Word.State, Is.EqualTo(DeviceState.Revoking));
        _world.Time.Advance(Tick);
        Assert.That(_b.Owns);
        Assert.That(_a.Guest.State, Is.EqualTo(Vpio.Hypervisor.Guests.GuestState.Stopped));
    }

    [Test]
    public void TermsOutsideTheirRangesAreRefusedAndChangeNothing()
    {
        SharedDevice device = _world.Device;
        Assert.That(() => device.Slice = TimeSpan.FromMicroseconds(99.9), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => device.Grace = TimeSpan.FromSeconds(1.1), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => device.Policy = (OverrunPolicy)2, Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That((device.Slice, device.Grace, device.Policy), Is.EqualTo((World.Slice, World.Grace, OverrunPolicy.Stop)));
    }

    /// <summary>Lets the first guest own the device and the second wait, so that a slice runs.</summary>
    private void Share()
    {
        _a.TryGrab();
        _b.Queue();
    }

    /// <summary>Lets the first guest release and come again, with the second between.</summary>
    private void TakeTurns()
    {
        Assert.That(_a.Release(), Is.EqualTo(DeviceStatus.Ok));
        _a.Queue();
        Assert.That(_b.Release(), Is.EqualTo(DeviceStatus.Ok));
        _b.Queue();
        Assert.That(_a.Owns);
    }
}
