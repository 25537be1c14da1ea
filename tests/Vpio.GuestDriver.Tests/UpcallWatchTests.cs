using Vpio.Abi;

namespace Vpio.GuestDriver.Tests;

/// <summary>Proves who takes the upcalls of a guest: the thread that blocks, the one that blocks beside it when that leaves, or a thread of the watch's own.</summary>
internal sealed class UpcallWatchTests : FakeGuestFixture
{
    private GuestDevice _other = null!;

    [SetUp]
    public void QueueBehindAnother()
    {
        _other = Domain.GetDevice(Device1);
        Port.OtherOwns();
    }

    [Test]
    public void WhoBlocksHasTheWatchAndNobodyHasItAfter()
    {
        Task<ulong> grab = Task.Run(GrabAndRelease);
        Port.AwaitSleepingWatch();
        Assert.That(Domain.Upcalls.Holder, Is.EqualTo(WatchHolder.Blocked));
        Port.Grant();
        Assert.That(Eventually.Ends(grab), Is.EqualTo(2UL));
        Assert.That(Domain.Upcalls.Holder, Is.EqualTo(WatchHolder.Nobody));
    }

    [Test]
    public void WhoBlocksBesideTheWatchHasItWhenItIsLeft()
    {
        Task<ulong> grab = Task.Run(GrabAndRelease);
        Port.AwaitSleepingWatch();
        Task<bool> beside = WaitBeside();
        Port.Grant();
        Eventually.Ends(grab);

        Eventually.Holds(() => Domain.Upcalls.Holder == WatchHolder.Blocked, "it has the watch");
        Port.AwaitSleepingWatch();
        Port.Raise(Device1, DeviceEvents.Interrupt);
        Assert.That(Eventually.Ends(beside), "it is told of what it took");
    }

    [Test]
    public void AnUpcallForAnotherEndsTheOthersWaitAndNotTheWatch()
    {
        Task<ulong> grab = Task.Run(GrabAndRelease);
        Port.AwaitSleepingWatch();
        Task<bool> beside = AwaitUpcall(_other);
        Port.Raise(Device1, DeviceEvents.Interrupt);
        Assert.That(Eventually.Ends(beside));
        Assert.That((grab.IsCompleted, Domain.Upcalls.Holder), Is.EqualTo((false, WatchHolder.Blocked)));
        Port.Grant();
        Eventually.Ends(grab);
    }

    [Test]
    public void ACancelWakesTheThreadThatHasTheWatch()
    {
        using CancellationTokenSource cancel = new();
        Task grab = Task.Run(() => Device.Grab(cancel.Token).Release());
        Port.AwaitSleepingWatch();
        cancel.Cancel();
        Eventually.Fails<OperationCanceledException>(grab);
        Assert.That((Port.IsQueued, Domain.Upcalls.Holder), Is.EqualTo((false, WatchHolder.Nobody)));
    }

    [Test]
    public void ACancelWakesTheThreadThatBlocksBesideTheWatch()
    {
        Task<bool> watch = AwaitUpcall(_other);
        Port.AwaitSleepingWatch();
        using CancellationTokenSource cancel = new();
        Task grab = Task.Run(() => Device.Grab(cancel.Token).Release());
        Eventually.Holds(() => Port.IsQueued, "the grab is queued");
        cancel.Cancel();
        Eventually.Fails<OperationCanceledException>(grab);
        Port.Raise(Device1, DeviceEvents.Interrupt);
        Assert.That(Eventually.Ends(watch));
    }

    [Test]
    public void AGrabAwaitedWhileAThreadBlocksIsServedByThatAndThenByAThreadOfItsOwn()
    {
        Task<bool> watch = AwaitUpcall(_other);
        Port.AwaitSleepingWatch();
        Task<Grant> grab = Device.GrabAsync().AsTask();
        Assert.That(Domain.Upcalls.Holder, Is.EqualTo(WatchHolder.Blocked));
        Port.Grant();
        Device.Hold(Eventually.Ends(grab)).Release();

        Port.OtherOwns();
        grab = Device.GrabAsync().AsTask();
        Port.Raise(Device1, DeviceEvents.Interrupt);
        Eventually.Ends(watch);
        Assert.That(Domain.Upcalls.Holder, Is.EqualTo(WatchHolder.OwnThread));
        Port.AwaitSleepingWatch();
        Port.Grant();
        Eventually.Ends(grab);
    }

    [Test]
    public void AThreadThatLooksInVainSleepsAndIsWoken()
    {
        // Nobody waits before it, so it looks for a moment; nothing comes until it sleeps.
        Task<ulong> grab = Task.Run(GrabAndRelease);
        Port.AwaitSleepingWatch();
        Assert.That(Port.GuestPage.UpcallMask, Is.Zero, "asleep, it is to be woken");
        Port.Grant();
        Eventually.Ends(grab);
    }

    [Test]
    public void AWaitWhoseTimeIsOverLeavesWhatCameLastToNobodyAndTakesIt()
    {
        Port.AfterCall = (op, status) =>
        {
            if (op == DeviceOp.Wait && status == DeviceStatus.TimedOut)
                Port.Raise(DeviceEvents.Reset); // It may have been seen asleep still: then nobody else is notified.
        };
        Assert.That(_other.WaitForUpcall(_other.UpcallMark, TimeSpan.Zero), Is.False);
        Assert.That(Device.ContextResets, Is.EqualTo(1U));
    }

    [Test]
    public void ADisposalEndsTheGrabThatHasTheWatchAndTheOneBesideIt()
    {
        Task grab = Task.Run(GrabAndRelease);
        Port.AwaitSleepingWatch();
        Task<bool> beside = WaitBeside();
        Domain.Dispose();
        Eventually.Fails<ObjectDisposedException>(grab);
        Eventually.Fails<ObjectDisposedException>(beside);
    }

    [Test]
    public void AThreadThatIsInterruptedLeavesTheWatchAndTheQueue()
    {
        Exception? thrown = null;
        Thread thread = new(() => thrown = Assert.Catch(() => Device.Grab().Dispose()));
        thread.Start();
        Port.AwaitSleepingWatch();
        thread.Interrupt();
        Assert.That(thread.Join(FakePort.SafetyNet));
        Assert.That(thrown, Is.TypeOf<ThreadInterruptedException>());
        Assert.That((Domain.Upcalls.Holder, Port.IsQueued, Device.Holding), Is.EqualTo((WatchHolder.Nobody, false, HoldingState.NotHeld)));

        Task<ulong> next = Task.Run(GrabAndRelease);
        Port.AwaitSleepingWatch();
        Port.Grant();
        Eventually.Ends(next);
    }

    [Test]
    public void WhatIsRaisedWithoutPauseKeepsNobodyAtTheWatch()
    {
        // Each look at the door raises anew: a thread that took until nothing is left would never have its grant.
        Port.BeforeCall = op =>
        {
            if (op == DeviceOp.Wait)
                Port.Raise(Device1, DeviceEvents.Interrupt);
        };
        Task<ulong> grab = Task.Run(GrabAndRelease);
        Eventually.Holds(() => Device.Holding == HoldingState.Queued, "the grab is queued");
        Port.Grant();
        Eventually.Ends(grab);
    }

    private Task<bool> WaitBeside()
    {
        uint mark = _other.UpcallMark;
        Thread? thread = null;
        Task<bool> beside = Task.Run(() =>
        {
            Volatile.Write(ref thread, Thread.CurrentThread);
            return _other.WaitForUpcall(mark, Timeout.InfiniteTimeSpan);
        });
        Eventually.Holds(() => (Volatile.Read(ref thread)?.ThreadState & ThreadState.WaitSleepJoin) > 0, "it sleeps beside the watch");
        return beside;
    }

    private ulong GrabAndRelease()
    {
        using DeviceLease lease = Device.Grab();
        return lease.Generation.Value;
    }
}
