using Vpio.Abi;

namespace Vpio.GuestDriver.Tests;

/// <summary>Proves the taking of upcalls; the specification's "Guest page" and DEVOP_wait.</summary>
internal sealed class UpcallTests
{
    private FakePort _port = null!;
    private GuestDomain _domain = null!;
    private GuestDevice _device = null!;

    [SetUp]
    public void Attach()
    {
        _port = new FakePort();
        _domain = GuestDomain.Attach(_port);
        _device = _domain.GetDevice(FakePort.Device0);
    }

    [TearDown]
    public void Dispose()
    {
        _domain.Dispose();
        _port.Dispose();
    }

    [Test]
    public void NobodyHasTheWatchUnlessSomebodyWaits()
    {
        _device.TryGrab(out DeviceLease lease);
        lease.Release();
        Assert.That(_domain.Upcalls.Holder, Is.EqualTo(WatchHolder.Nobody));
        _device.WaitForFramesPending(TimeSpan.Zero);
        Assert.That(_domain.Upcalls.Holder, Is.EqualTo(WatchHolder.Nobody), "the wait is over");
    }

    [Test]
    public void AnIdleWatchSleepsAndAsksNothing()
    {
        _domain.Upcalls.Attend();
        _port.AwaitSleepingWatch();
        Assert.That(_port.Calls, Is.EqualTo(new[] { DeviceOp.Negotiate, DeviceOp.Wait }));
    }

    [Test]
    public void AnUpcallRaisedBetweenTheLookAndTheSleepIsNotLost()
    {
        bool raised = false;
        _port.BeforeCall = op =>
        {
            if (op != DeviceOp.Wait || raised)
                return;
            raised = true;
            _port.Raise(DeviceEvents.RxPending);
        };
        Assert.That(_device.WaitForFramesPending(FakePort.SafetyNet));
    }

    [Test]
    public void EventsOfSeveralDevicesAreDispatchedEachToItsOwn()
    {
        GuestDevice other = _domain.GetDevice(new(1));
        _port.Raise(FakePort.Device0, DeviceEvents.Reset);
        _port.Raise(other.Index, DeviceEvents.RxPending);
        Assert.That(other.WaitForFramesPending(FakePort.SafetyNet));
        Assert.That((_device.ContextResets, other.ContextResets), Is.EqualTo((1U, 0U)));
        Assert.That(_device.WaitForFramesPending(TimeSpan.Zero), Is.False);
    }

    [Test]
    public void AScribbledGuestPageDoesNotEndTheWatch()
    {
        _domain.Upcalls.Attend();
        _port.AwaitSleepingWatch();
        _port.GuestPage.PendingSelector = ulong.MaxValue;
        GuestPage.Events(ref _port.GuestPage, new(62)) = 0xFFFF_FFFF;
        _port.Raise(DeviceEvents.RxPending);
        Assert.That(_device.WaitForFramesPending(FakePort.SafetyNet));
        _port.AwaitSleepingWatch();
    }

    [Test]
    public void TheDriverIsMaskedWhileItTellsAndAtNoOtherTime()
    {
        _port.OtherOwns();
        Task<Grant> queued = _device.GrabAsync().AsTask();
        _port.AwaitSleepingWatch();
        Assert.That(_port.GuestPage.UpcallMask, Is.Zero, "asleep");

        int mask = -1;
        _port.BeforeCall = op => mask = op == DeviceOp.Grab ? _port.GuestPage.UpcallMask : mask;
        _port.Raise(DeviceEvents.Reset); // The queued grab asks again, out of the loop.
        _port.AwaitSleepingWatch();
        Assert.That((mask, _port.GuestPage.UpcallMask), Is.EqualTo((1, 0)));
        _port.Grant();
        Eventually.Ends(queued);
    }

    [Test]
    public void WhatComesMaskedIsTakenBeforeTheNextSleep()
    {
        _port.OtherOwns();
        Task<Grant> queued = _device.GrabAsync().AsTask();
        _port.AwaitSleepingWatch();
        uint seen = _domain.GetDevice(new(1)).UpcallMark;
        int sleeps = _port.Calls.Count(op => op == DeviceOp.Wait);
        _port.BeforeCall = op =>
        {
            if (op == DeviceOp.Grab)
                _port.Raise(new(1), DeviceEvents.Interrupt);
        };
        _port.Raise(DeviceEvents.Reset);
        Assert.That(_domain.GetDevice(new(1)).WaitForUpcall(seen, FakePort.SafetyNet), "masked, so that nobody was notified");
        _port.AwaitSleepingWatch();
        Assert.That(_port.Calls.Count(op => op == DeviceOp.Wait), Is.EqualTo(sleeps + 1), "one sleep for both");
        _port.BeforeCall = null;
        _port.Grant();
        Eventually.Ends(queued);
    }

    [TestCase(DeviceEvents.Granted)]
    [TestCase(DeviceEvents.Revoke)]
    [TestCase(DeviceEvents.RxPending)]
    [TestCase(DeviceEvents.Reset)]
    [TestCase(DeviceEvents.Removed)]
    [TestCase(DeviceEvents.Interrupt)]
    public void EachEventEndsTheWaitForAnUpcall(DeviceEvents events)
    {
        uint mark = _device.UpcallMark;
        Task<bool> wait = Task.Run(() => _device.WaitForUpcall(mark, Timeout.InfiniteTimeSpan));
        _port.AwaitSleepingWatch();
        _port.Raise(events);
        Assert.That(Eventually.Ends(wait));
        Assert.That(_device.WaitForUpcall(_device.UpcallMark, TimeSpan.Zero), Is.False, "once");
    }

    [Test]
    public void AnUpcallBetweenTheMarkAndTheWaitEndsItAtOnce()
    {
        uint mark = _device.UpcallMark;
        _domain.Upcalls.Attend();
        _port.AwaitSleepingWatch();
        _port.Raise(DeviceEvents.Revoke);
        _port.AwaitSleepingWatch();
        Assert.That(_device.WaitForUpcall(mark, TimeSpan.Zero));
    }

    [Test]
    public void AStopOrADisposalEndsTheWaitForAnUpcall()
    {
        uint mark = _device.UpcallMark;
        _port.Stop();
        Assert.That(_device.WaitForUpcall(mark, FakePort.SafetyNet));
        Task<bool> wait = Task.Run(() => _domain.GetDevice(new(1)).WaitForUpcall(_domain.GetDevice(new(1)).UpcallMark, Timeout.InfiniteTimeSpan));
        _domain.Dispose();
        Eventually.Fails<ObjectDisposedException>(wait);
    }

    [Test]
    public void ARemovalEndsTheWaitForFrames()
    {
        Task<bool> wait = Task.Run(() => _device.WaitForFramesPending(Timeout.InfiniteTimeSpan));
        _port.AwaitSleepingWatch();
        _port.Unplug();
        Eventually.Fails<DeviceRemovedException>(wait);
        Assert.That(() => _device.WaitForFramesPending(Timeout.InfiniteTimeSpan), Throws.TypeOf<DeviceRemovedException>(), "nor does one begin that nothing would end");
    }

    [Test]
    public void AStaleRemovedKeepsTheWaitForFrames()
    {
        Task<bool> wait = Task.Run(() => _device.WaitForFramesPending(Timeout.InfiniteTimeSpan));
        _port.AwaitSleepingWatch();
        _port.Raise(DeviceEvents.Removed);
        _port.AwaitSleepingWatch();
        _port.Raise(DeviceEvents.RxPending);
        Assert.That(Eventually.Ends(wait));
    }

    [Test]
    public void PendingFramesAreToldOnceForEachUpcall()
    {
        _port.Raise(DeviceEvents.RxPending);
        Assert.That(_device.WaitForFramesPending(FakePort.SafetyNet));
        Assert.That(_device.WaitForFramesPending(TimeSpan.Zero), Is.False);
    }

    [Test]
    public void AStopEndsTheWaitForFrames()
    {
        Task<bool> wait = Task.Run(() => _device.WaitForFramesPending(Timeout.InfiniteTimeSpan));
        _port.AwaitSleepingWatch();
        _port.Stop();
        Eventually.Fails<GuestStoppedException>(wait);
        Assert.That(() => _device.WaitForFramesPending(Timeout.InfiniteTimeSpan), Throws.TypeOf<GuestStoppedException>());
    }

    [Test]
    public void ADisposalEndsTheWaitForFramesAndTheWatch()
    {
        Task<bool> wait = Task.Run(() => _device.WaitForFramesPending(Timeout.InfiniteTimeSpan));
        _port.AwaitSleepingWatch();
        _domain.Dispose();
        Eventually.Fails<ObjectDisposedException>(wait);
        Eventually.Holds(() => _domain.Upcalls.Holder == WatchHolder.Nobody, "nobody has the watch any more");
    }
}
