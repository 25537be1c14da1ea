using Vpio.Abi;
using Vpio.Abi.Network;
using Vpio.Hypervisor.Devices.Network;

namespace Vpio.Protocol.Tests.Network;

/// <summary>Holds what a frame to many guests costs the others: nobody waits for it, nothing overtakes it, nothing of it is lost.</summary>
[TestFixture]
internal sealed class GroupFrameTests
{
    // Three steps for each frame to all.
    private const int Guests = 100;

    // The pool keeps as many frames as were ever kept at once, so a late peak takes one more; what each frame took would show in every stretch.
    private const int Stretches = 6;
    private const int FramesOfStretch = 500;

    private FrameLog _log = null!;
    private World _world = null!;
    private RawGuest _sender = null!;
    private RawGuest _last = null!;
    private RawNic _nic = null!;
    private ManualResetEventSlim _reached = null!;
    private ManualResetEventSlim _goOn = null!;

    [SetUp]
    public void StartWorld()
    {
        (_reached, _goOn) = (new ManualResetEventSlim(), new ManualResetEventSlim());
        _log = new FrameLog();
        _world = new World(Guests, new NicOptions { Observer = _log });
        (_sender, _last) = (_world.Guests[0], _world.Guests[^1]);
        _nic = new RawNic(_sender).MapAll();
        _sender.TryGrab();
        _nic.Start();
    }

    [TearDown]
    public void EndWorld()
    {
        _log.OnArrived = null;
        _goOn.Set(); // A test that failed must not leave the device where it holds it up.
        _world.Dispose();
        _reached.Dispose();
        _goOn.Dispose();
    }

    [Test]
    public void AReleaseDoesNotWaitForAFrameToReachEverybody()
    {
        HoldUpAt(_world.Guests[2]);
        _nic.Post(RawNic.Frame(MacAddress.Broadcast, _nic.Address, 1));
        _nic.Send(RawNic.Frame(World.AddressOf(_last.Id.Value), _nic.Address, 2)); // In the same batch, and behind it.
        Assert.That(_reached.Wait(TimeSpan.FromSeconds(30)), "the frame never came to that guest");
        Task<DeviceStatus> release = Task.Factory.StartNew(() => _sender.Release(), TaskCreationOptions.LongRunning);
        Assert.That(release.Wait(TimeSpan.FromSeconds(30)), "the release waits for what is done for others");
        Assert.That(_last.TryGrab(), Is.EqualTo(DeviceStatus.Ok), "so does the next owner");
        Assert.That(_log.ArrivedFor(_last.Id), Is.Empty, "it has reached everybody already: nothing was tried");
        _goOn.Set();
        AwaitQuiet();
        Assert.That(_log.AcceptedFor(_last.Id), Is.EqualTo(new[] { 1, 2 }));
        foreach (RawGuest guest in _world.Guests.Skip(1).SkipLast(1))
            Assert.That(_log.AcceptedFor(guest.Id), Is.EqualTo(new[] { 1 }), "a change of owner left it half done");
        Assert.That(_log.ArrivedFor(_sender.Id), Is.Empty, "it hears itself");
    }

    [Test]
    public void NothingOvertakesAFrameToAllAtAnyGuest()
    {
        for (int i = 0; i < 60; i++)
            _nic.Send(RawNic.Frame(i % 3 == 0 ? MacAddress.Broadcast : World.AddressOf(_last.Id.Value), _nic.Address, i));
        _nic.Drain();
        AwaitQuiet();
        Assert.That(_log.AcceptedFor(_last.Id), Is.EqualTo(Enumerable.Range(0, 60)));
        Assert.That(_log.AcceptedFor(_world.Guests[1].Id), Is.EqualTo(Enumerable.Range(0, 60).Where(i => i % 3 == 0)));
    }

    [Test]
    public void AFrameOfAnotherThreadComesAfterWhatArrivedBeforeIt()
    {
        HoldUpAt(_world.Guests[1]);
        _nic.Send(RawNic.Frame(MacAddress.Broadcast, _nic.Address, 1));
        Assert.That(_reached.Wait(TimeSpan.FromSeconds(30)), "the frame never came to that guest");
        Task other = Task.Factory.StartNew(
            () => _world.Nic.Receive(RawNic.Frame(World.AddressOf(_last.Id.Value), World.AddressOf(200), 2)),
            TaskCreationOptions.LongRunning);
        Assert.That(other.Wait(TimeSpan.FromMilliseconds(50)), Is.False, "it went past the one that is under way");
        _goOn.Set();
        Assert.That(other.Wait(TimeSpan.FromSeconds(30)));
        Assert.That(_log.AcceptedFor(_last.Id), Is.EqualTo(new[] { 1, 2 }));
    }

    [Test]
    public void AFrameToAllIsAccountedForWhenTheDeviceIsUnplugged()
    {
        HoldUpAt(_world.Guests[2]);
        _nic.Send(RawNic.Frame(MacAddress.Broadcast, _nic.Address, 1));
        Assert.That(_reached.Wait(TimeSpan.FromSeconds(30)), "the frame never came to that guest");
        Task unplug = Task.Factory.StartNew(() => _world.Hypervisor.RemoveDevice(_world.Device), TaskCreationOptions.LongRunning);
        RawNic.Eventually(() => _sender.Word.State == DeviceState.Offline, "the device is taken offline");
        _goOn.Set();
        Assert.That(unplug.Wait(TimeSpan.FromSeconds(30)));
        foreach (RawGuest guest in _world.Guests.Skip(1))
        {
            Assert.That(_log.AcceptedFor(guest.Id), Is.EqualTo(new[] { 1 }), "the rest never heard what became of it");
            Assert.That(_log.CountDue(guest.Id), Is.Zero, "it was accepted and not discarded");
        }
    }

    [Test]
    public void AFloodIsHeldBackAtItsSenderAndNothingOfItIsLost()
    {
        int most = 0;
        _log.OnArrived = (_, _) =>
        {
            // The first frame waits until the ring behind it is full, so that there is a flood however slow the sender is.
            _goOn.Wait();
            most = Math.Max(most, _world.Nic.FramesUnderWay);
        };
        for (int sent = 0; sent < 200; sent++)
        {
            if (_nic.Unsent == RawNic.Entries)
                _goOn.Set();
            RawNic.Eventually(() => _nic.Unsent < RawNic.Entries, "there is room in the ring again");
            _nic.Send(RawNic.Frame(MacAddress.Broadcast, _nic.Address, sent));
        }

        _nic.Drain();
        AwaitQuiet();
        Assert.That(most, Is.LessThanOrEqualTo(FrameArrivals.MostFrames));
        Assert.That(most, Is.GreaterThan(FrameArrivals.MostFrames / 2), "there was no flood");
        foreach (RawGuest guest in _world.Guests.Skip(1))
            Assert.That(_log.AcceptedFor(guest.Id), Is.EqualTo(Enumerable.Range(0, 200)));
    }

    [Test]
    public void AWireThatBringsMoreThanItWasGivenLosesNothing()
    {
        EchoingWire wire = new(times: 2 * FrameArrivals.MostFrames);
        using World world = new(guests: 3, new NicOptions { Observer = _log }, wire);
        RawNic nic = new RawNic(world.Guests[0]).MapAll();
        world.Guests[0].TryGrab();
        nic.Start();
        nic.Send(RawNic.Frame(MacAddress.Broadcast, nic.Address, 7));
        nic.Drain();
        RawNic.Eventually(() => world.Nic.FramesUnderWay == 0, "all have heard all");
        Assert.That(_log.AcceptedFor(world.Guests[2].Id), Is.EqualTo(Enumerable.Repeat(7, 2 * FrameArrivals.MostFrames)));
    }

    [Test]
    public void AFrameToAGroupIsKeptOnceForAll()
    {
        byte[] frame = RawNic.Frame(MacAddress.Broadcast, World.AddressOf(200), 1, 1514);
        _world.Nic.Receive(frame); // Once for the code itself.
        using World fresh = new(Guests, wire: new RecordingWire());
        long before = GC.GetAllocatedBytesForCurrentThread();
        fresh.Nic.Receive(frame);
        long perGuest = (GC.GetAllocatedBytesForCurrentThread() - before) / Guests;
        Assert.That(fresh.Guests.Select(guest => guest.Query().RxParked), Is.All.EqualTo(1));
        Assert.That(perGuest, Is.LessThan(256), "bytes for each guest");
    }

    [Test]
    public void FramesThatComeAndGoAllocateNothing()
    {
        using World world = new(guests: 40, wire: new LoopbackWire());
        RawGuest guest = world.Guests[0];
        RawNic nic = new RawNic(guest).MapAll();
        guest.TryGrab();
        nic.Start();
        byte[] toAll = RawNic.Frame(MacAddress.Broadcast, World.AddressOf(200), 1);
        byte[] toOne = RawNic.Frame(nic.Address, World.AddressOf(200), 1);
        long[] taken = new long[Stretches];
        for (int i = 0; i < Stretches * FramesOfStretch; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            world.Nic.Receive(i % 8 == 0 ? toAll : toOne);
            taken[i / FramesOfStretch] += GC.GetAllocatedBytesForCurrentThread() - before;
            nic.Take();
        }

        Assert.That(taken.Skip(1), Has.Some.Zero, string.Join(", ", taken));
    }

    [Test]
    public void TheDeviceAllocatesNothingForAFrame()
    {
        List<long> taken = [];
        long before = 0;
        int sent = 0;
        Sampling samples = new(() =>
        {
            if (++sent % FramesOfStretch != 0)
                return;
            long now = GC.GetAllocatedBytesForCurrentThread();
            taken.Add(now - before);
            before = GC.GetAllocatedBytesForCurrentThread();
        });
        using World world = new(guests: 40, new NicOptions { Observer = samples, ParkingFrames = 32, GroupQuotaFrames = 16 });
        RawNic nic = new RawNic(world.Guests[0]).MapAll();
        world.Guests[0].TryGrab();
        nic.Start();
        for (int i = 0; i < Stretches * FramesOfStretch; i++)
        {
            nic.Send(RawNic.Frame(i % 8 == 0 ? MacAddress.Broadcast : World.AddressOf(2), nic.Address, i));
            nic.Drain();
        }

        Assert.That(sent, Is.EqualTo(Stretches * FramesOfStretch));
        Assert.That(taken.Skip(1), Has.Some.Zero, string.Join(", ", taken));
    }

    [TestCase(0x0000_005e_0001UL)]
    [TestCase(0xffff_ffff_ffffUL)]
    public void AMulticastFrameReachesEverybodyAndCountsAgainstTheQuota(ulong address)
    {
        MacAddress group = new(address);
        using World world = new(guests: 3, new NicOptions { GroupQuotaFrames = 2 }, new RecordingWire());
        for (int i = 0; i < 3; i++)
            world.Nic.Receive(RawNic.Frame(group, World.AddressOf(3), i));
        foreach (RawGuest guest in world.Guests.Take(2))
        {
            Assert.That(guest.Query().RxParked, Is.EqualTo(2));
            Assert.That(world.Nic.GetCounters(guest.Id).Drops, Is.EqualTo(new NicDrops { GroupQuota = 1 }));
        }

        Assert.That(world.Guests[2].Query().RxParked, Is.Zero, "it hears itself");
    }

    /// <summary>Holds up the thread that brings frames, when it comes to a guest, until the test lets it go on.</summary>
    private void HoldUpAt(RawGuest guest) => _log.OnArrived = (to, _) =>
    {
        if (to != guest.Id)
            return;
        _reached.Set();
        _goOn.Wait();
    };

    private void AwaitQuiet() => RawNic.Eventually(() => _world.Nic.FramesUnderWay == 0, "all have heard all");

    private sealed class EchoingWire(int times) : IWire
    {
        private IFrameSink? _nic;

        public void Connect(IFrameSink nic) => _nic = nic;

        public void Transmit(ReadOnlySpan<byte> frame)
        {
            for (int i = 0; i < times; i++)
                _nic!.Receive(frame);
        }
    }

    private sealed class Sampling(Action onSent) : IFrameObserver
    {
        public void Sent(DomainId sender, ReadOnlySpan<byte> frame) => onSent();

        public void Arrived(DomainId receiver, ReadOnlySpan<byte> frame, FrameFate fate)
        {
        }

        public void Discarded(DomainId receiver, int frames)
        {
        }
    }
}
