using Microsoft.Extensions.Time.Testing;
using Vpio.Abi;
using Vpio.Hypervisor;
using Vpio.Hypervisor.Devices.Network;
using Vpio.Hypervisor.Guests;

namespace Vpio.GuestDriver.Tests;

/// <summary>Proves what a lease says of the time that is left; the specification's "The hypervisor's clock".</summary>
internal sealed class RemainingTimeTests
{
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(5);

    private const int Meetings = 20_000;

    private FakeTimeProvider _time = null!;
    private ReferenceHypervisor _hypervisor = null!;
    private GuestDomain _a = null!;
    private GuestDomain _b = null!;

    [SetUp]
    public void Start()
    {
        _time = new FakeTimeProvider();
        _hypervisor = new ReferenceHypervisor(new HypervisorOptions { TimeProvider = _time, Slice = Slice, Grace = Grace });
        Nic nic = new(new LoopbackWire());
        SharedDevice device = _hypervisor.AddDevice(nic);
        (_a, _b) = (Attach(nic, device), Attach(nic, device));
    }

    [TearDown]
    public void End()
    {
        _a.Dispose();
        _b.Dispose();
        _hypervisor.Dispose();
    }

    [Test]
    public void WhileNobodyWaitsThereIsNoLimit()
    {
        using DeviceLease lease = NicOf(_a).Grab();
        _time.Advance(TimeSpan.FromHours(1));
        Assert.That((lease.RemainingSlice, lease.RemainingGrace), Is.EqualTo(((TimeSpan?)null, (TimeSpan?)null)));
    }

    [Test]
    public void SliceAndGraceRunOutOnTheHypervisorsClock()
    {
        DeviceLease lease = NicOf(_a).Grab();
        Task<Grant> next = NicOf(_b).GrabAsync().AsTask();
        Assert.That((lease.RemainingSlice, lease.RemainingGrace), Is.EqualTo(((TimeSpan?)Slice, (TimeSpan?)null)));
        _time.Advance(Slice / 4);
        Assert.That(lease.RemainingSlice, Is.EqualTo(Slice * 3 / 4));

        _time.Advance(Slice * 3 / 4);
        Assert.That((lease.StopRequested, lease.RemainingSlice, lease.RemainingGrace), Is.EqualTo((true, (TimeSpan?)TimeSpan.Zero, (TimeSpan?)Grace)));
        _time.Advance(Grace - TimeSpan.FromTicks(1));
        Assert.That((lease.IsHeld, lease.RemainingGrace), Is.EqualTo((true, (TimeSpan?)TimeSpan.FromTicks(1))));

        _time.Advance(TimeSpan.FromTicks(1));
        Grant granted = Eventually.Ends(next);
        Assert.That((lease.IsHeld, lease.RemainingSlice, lease.RemainingGrace), Is.EqualTo((false, (TimeSpan?)TimeSpan.Zero, (TimeSpan?)TimeSpan.Zero)));
        Assert.That(NicOf(_b).Hold(granted).RemainingSlice, Is.Null, "the former owner's ends are gone");
    }

    [Test]
    public void AnEmptyOrReleasedLeaseHasNothingLeft()
    {
        DeviceLease lease = NicOf(_a).Grab();
        lease.Release();
        DeviceLease empty = default;
        Assert.That((lease.RemainingSlice, lease.RemainingGrace), Is.EqualTo(((TimeSpan?)TimeSpan.Zero, (TimeSpan?)TimeSpan.Zero)));
        Assert.That((empty.RemainingSlice, empty.RemainingGrace), Is.EqualTo(((TimeSpan?)TimeSpan.Zero, (TimeSpan?)TimeSpan.Zero)));
    }

    [Test]
    public void NothingOfThatIsAHypercall()
    {
        using FakePort port = new();
        using GuestDomain domain = Clocked(port);
        using DeviceLease lease = domain.GetDevice(FakePort.Device0).Grab();
        port.Slot(FakePort.Device0).SliceEndNs = 500;
        int calls = port.Calls.Length;
        Assert.That(lease.RemainingSlice, Is.EqualTo(TimeSpan.FromTicks(4)), "500 - 100 ns");
        Assert.That(port.Calls, Has.Length.EqualTo(calls));
    }

    [Test]
    public void WithoutAConversionTheWordAloneTells()
    {
        using FakePort port = new();
        using GuestDomain domain = GuestDomain.Attach(port);
        DeviceLease lease = domain.GetDevice(FakePort.Device0).Grab();
        port.Slot(FakePort.Device0).SliceEndNs = port.Slot(FakePort.Device0).GraceEndNs = 500;
        Assert.That(lease.RemainingSlice, Is.Null);
        port.Revoke();
        Assert.That((lease.RemainingSlice, lease.RemainingGrace), Is.EqualTo(((TimeSpan?)TimeSpan.Zero, (TimeSpan?)null)));
        lease.Release();
        Assert.That(lease.RemainingGrace, Is.EqualTo(TimeSpan.Zero));
    }

    [Test]
    public void AGraceThatHasNotBegunIsAllThere()
    {
        using FakePort port = new();
        using GuestDomain domain = Clocked(port);
        using DeviceLease lease = domain.GetDevice(FakePort.Device0).Grab();
        port.Revoke();
        Assert.That(lease.RemainingGrace, Is.Null);
        port.Slot(FakePort.Device0).GraceEndNs = 1_100;
        Assert.That(lease.RemainingGrace, Is.EqualTo(TimeSpan.FromTicks(10)));
    }

    [Test]
    public void AnEndIsNeverPairedWithTheWordOfAnotherOwnership()
    {
        using FakePort port = new();
        using GuestDomain domain = Clocked(port);
        GuestDevice nic = domain.GetDevice(FakePort.Device0);
        using CancellationTokenSource enough = new(FakePort.SafetyNet);
        Task writer = Task.Factory.StartNew(() => GrantOnAndOn(port, enough.Token), TaskCreationOptions.LongRunning);
        int meetings = 0;
        while (meetings < Meetings && !enough.IsCancellationRequested)
        {
            StateWord word = port.State;
            if (word.Owner != FakePort.Me)
                continue;
            TimeSpan? left = nic.Hold(new Grant(FakePort.Device0, word.Generation)).RemainingSlice;
            TimeSpan own = EndOf(word.Generation);
            Assert.That(left, Is.Null.Or.EqualTo(TimeSpan.Zero).Or.EqualTo(own), $"{word}");
            meetings += left == own ? 1 : 0;
        }

        enough.Cancel();
        Eventually.Holds(() => writer.IsCompleted, "the writer ends");
        Assert.That(meetings, Is.EqualTo(Meetings));
    }

    // Every ownership has an end of its own, which tells whose it is.
    private static TimeSpan EndOf(Generation generation) => TimeSpan.FromTicks((long)generation.Value);

    private static void GrantOnAndOn(FakePort port, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            Own(port, FakePort.Me);
            Own(port, FakePort.Other);
        }
    }

    private static void Own(FakePort port, DomainId guest)
    {
        StateWord owned = port.State.NextGrant(DeviceState.Owned, guest);
        port.State = owned;
        Volatile.Write(ref port.Slot(FakePort.Device0).SliceEndNs, 100 + (100 * owned.Generation.Value));
        Thread.SpinWait(20);
        port.State = owned.WithoutOwner(DeviceState.Reclaiming);
        Volatile.Write(ref port.Slot(FakePort.Device0).SliceEndNs, 0);
    }

    private static GuestDomain Clocked(FakePort port)
    {
        new CounterConversion(0, 100, 1, 0).WriteTo(ref port.GuestPage);
        return GuestDomain.Attach(port);
    }

    private static GuestDevice NicOf(GuestDomain domain) => domain.GetDevice(new(0));

    private GuestDomain Attach(Nic nic, SharedDevice device)
    {
        Guest guest = _hypervisor.AddGuest();
        nic.SetMacAddress(guest.Id, SharedNic.AddressOf((byte)guest.Id.Value));
        _hypervisor.Assign(guest, device);
        return GuestDomain.Attach(guest.Port);
    }
}
