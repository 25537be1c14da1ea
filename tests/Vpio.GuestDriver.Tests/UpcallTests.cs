using Vpio.Abi;

namespace Vpio.GuestDriver.Tests;

/// <summary>Proves the taking of upcalls; the specification's "Guest page" and DEVOP_wait.</summary>
internal sealed class UpcallTests : FakeGuestFixture
{
    [Test]
    public void NobodyHasTheWatchUnlessSomebodyWaits()
    {
        Device.TryGrab(out DeviceLease lease);
        lease.Release();
        Assert.That(Domain.Upcalls.Holder, Is.EqualTo(WatchHolder.Nobody));
        Device.WaitForFramesPending(TimeSpan.Zero);
        Assert.That(Domain.Upcalls.Holder, Is.EqualTo(WatchHolder.Nobody), "the wait is over");
    }

    [Test]
    public void AnIdleWatchSleepsAndAsksNothing()
    {
        Domain.Upcalls.Attend();
        Port.AwaitSleepingWatch();
        Assert.That(Port.Calls, Is.EqualTo(new[] { DeviceOp.Negotiate, DeviceOp.Wait }));
    }

    [Test]
    public void AnUpcallRaisedBetweenTheLookAndTheSleepIsNotLost()
    {
        bool raised = false;
        Port.BeforeCall = op =>
        {
            if (op != DeviceOp.Wait || raised)
                return;
            raised = true;
            Port.Raise(DeviceEvents.RxPending);
        };
        Assert.That(Device.WaitForFramesPending(FakePort.SafetyNet));
    }

    [Test]
    public void EventsOfSeveralDevicesAreDispatchedEachToItsOwn()
    {
        GuestDevice other = Domain.GetDevice(new(1));
        Port.Raise(FakePort.Device0, DeviceEvents.Reset);
        Port.Raise(other.Index, DeviceEvents.RxPending);
        Assert.That(other.WaitForFramesPending(FakePort.SafetyNet));
        Assert.That((Device.ContextResets, other.ContextResets), Is.EqualTo((1U, 0U)));
        Assert.That(Device.WaitForFramesPending(TimeSpan.Zero), Is.False);
    }

    [Test]
    public void AScribbledGuestPageDoesNotEndTheWatch()
    {
        Domain.Upcalls.Attend();
        Port.AwaitSleepingWatch();
        Port.GuestPage.PendingSelector = ulong.MaxValue;
        GuestPage.Events(ref Port.GuestPage, new(62)) = 0xFFFF_FFFF;
        Port.Raise(DeviceEvents.RxPending);
        Assert.That(Device.WaitForFramesPending(FakePort.SafetyNet));
        Port.AwaitSleepingWatch();
    }

    [Test]
    public void TheDriverIsMaskedWhileItTellsAndAtNoOtherTime()
    {
        Port.OtherOwns();
        Task<Grant> queued = Device.GrabAsync().AsTask();
        Port.AwaitSleepingWatch();
        Assert.That(Port.GuestPage.UpcallMask, Is.Zero, "asleep");

        int mask = -1;
        Port.BeforeCall = op => mask = op == DeviceOp.Grab ? Port.GuestPage.UpcallMask : mask;
        Port.Raise(DeviceEvents.Reset); // The queued grab asks again, out of the loop.
        Port.AwaitSleepingWatch();
        Assert.That((mask, Port.GuestPage.UpcallMask), Is.EqualTo((1, 0)));
        Port.Grant();
        Eventually.Ends(queued);
    }

    [Test]
    public void WhatComesMaskedIsTakenBeforeTheNextSleep()
    {
        Port.OtherOwns();
        Task<Grant> queued = Device.GrabAsync().AsTask();
        Port.AwaitSleepingWatch();
        uint seen = Domain.GetDevice(new(1)).UpcallMark;
        int sleeps = Port.Calls.Count(op => op == DeviceOp.Wait);
        Port.BeforeCall = op =>
        {
            if (op == DeviceOp.Grab)
                Port.Raise(new(1), DeviceEvents.Interrupt);
        };
        Port.Raise(DeviceEvents.Reset);
        Assert.That(Domain.GetDevice(new(1)).WaitForUpcall(seen, FakePort.SafetyNet), "masked, so that nobody was notified");
        Port.AwaitSleepingWatch();
        Assert.That(Port.Calls.Count(op => op == DeviceOp.Wait), Is.EqualTo(sleeps + 1), "one sleep for both");
        Port.BeforeCall = null;
        Port.Grant();
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
        Task<bool> wait = AwaitUpcall(Device);
        Port.AwaitSleepingWatch();
        Port.Raise(events);
        Assert.That(Eventually.Ends(wait));
        Assert.That(Device.WaitForUpcall(Device.UpcallMark, TimeSpan.Zero), Is.False, "once");
    }

    [Test]
    public void AnUpcallBetweenTheMarkAndTheWaitEndsItAtOnce()
    {
        uint mark = Device.UpcallMark;
        Domain.Upcalls.Attend();
        Port.AwaitSleepingWatch();
        Port.Raise(DeviceEvents.Revoke);
        Port.AwaitSleepingWatch();
        Assert.That(Device.WaitForUpcall(mark, TimeSpan.Zero));
    }

    [Test]
    public void AStopOrADisposalEndsTheWaitForAnUpcall()
    {
        uint mark = Device.UpcallMark;
        Port.Stop();
        Assert.That(Device.WaitForUpcall(mark, FakePort.SafetyNet));
        Task<bool> wait = AwaitUpcall(Domain.GetDevice(Device1));
        Domain.Dispose();
        Eventually.Fails<ObjectDisposedException>(wait);
    }

    [Test]
    public void ARemovalEndsTheWaitForFrames()
    {
        Task<bool> wait = Task.Run(() => Device.WaitForFramesPending(Timeout.InfiniteTimeSpan));
        Port.AwaitSleepingWatch();
        Port.Unplug();
        Eventually.Fails<DeviceRemovedException>(wait);
        Assert.That(() => Device.WaitForFramesPending(Timeout.InfiniteTimeSpan), Throws.TypeOf<DeviceRemovedException>(), "nor does one begin that nothing would end");
    }

    [Test]
    public void AStaleRemovedKeepsTheWaitForFrames()
    {
        Task<bool> wait = Task.Run(() => Device.WaitForFramesPending(Timeout.InfiniteTimeSpan));
        Port.AwaitSleepingWatch();
        Port.Raise(DeviceEvents.Removed);
        Port.AwaitSleepingWatch();
        Port.Raise(DeviceEvents.RxPending);
        Assert.That(Eventually.Ends(wait));
    }

    [Test]
    public void PendingFramesAreToldOnceForEachUpcall()
    {
        Port.Raise(DeviceEvents.RxPending);
        Assert.That(Device.WaitForFramesPending(FakePort.SafetyNet));
        Assert.That(Device.WaitForFramesPending(TimeSpan.Zero), Is.False);
    }

    [Test]
    public void AStopEndsTheWaitForFrames()
    {
        Task<bool> wait = Task.Run(() => Device.WaitForFramesPending(Timeout.InfiniteTimeSpan));
        Port.AwaitSleepingWatch();
        Port.Stop();
        Eventually.Fails<GuestStoppedException>(wait);
        Assert.That(() => Device.WaitForFramesPending(Timeout.InfiniteTimeSpan), Throws.TypeOf<GuestStoppedException>());
    }

    [Test]
    public void AStopThatIsOverBeforeItIsToldEndsNoWait()
    {
        Task<bool> wait = Task.Run(() => Device.WaitForFramesPending(Timeout.InfiniteTimeSpan));
        Port.AwaitSleepingWatch();
        Port.OnceAfter(DeviceOp.Wait, DeviceStatus.Denied, Port.Resume);
        Port.Stop();
        Eventually.Holds(() => Port.AfterCall is null, "it has heard of the stop");
        Port.AwaitSleepingWatch();
        Port.Raise(DeviceEvents.RxPending);
        Assert.That(Eventually.Ends(wait));
    }

    [Test]
    public void ADisposalEndsTheWaitForFramesAndTheWatch()
    {
        Task<bool> wait = Task.Run(() => Device.WaitForFramesPending(Timeout.InfiniteTimeSpan));
        Port.AwaitSleepingWatch();
        Domain.Dispose();
        Eventually.Fails<ObjectDisposedException>(wait);
        Eventually.Holds(() => Domain.Upcalls.Holder == WatchHolder.Nobody, "nobody has the watch any more");
    }
}
