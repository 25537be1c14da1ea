using Vpio.Abi;

namespace Vpio.GuestDriver.Tests;

/// <summary>Proves who takes the upcalls of a guest: the thread that blocks, the one that blocks beside it when that leaves, or a thread of the watch's own.</summary>
internal sealed class UpcallWatchTests
{
    private static readonly DeviceIndex Device1 = new(1);

    private FakePort _port = null!;
    private GuestDomain _domain = null!;
    private GuestDevice _device = null!;
    private GuestDevice _other = null!;

    [SetUp]
    public void QueueBehindAnother()
    {
        _port = new FakePort();
        _domain = GuestDomain.Attach(_port);
        _device = _domain.GetDevice(FakePort.Device0);
        _other = _domain.GetDevice(Device1);
        _port.OtherOwns();
    }

    [TearDown]
    public void Dispose()
    {
        _domain.Dispose();
        _port.Dispose();
    }

    [Test]
    public void WhoBlocksHasTheWatchAndNobodyHasItAfter()
    {
        Task<ulong> grab = Task.Run(GrabAndRelease);
        _port.AwaitSleepingWatch();
        Assert.That(_domain.Upcalls.Holder, Is.EqualTo(WatchHolder.Blocked));
        _port.Grant();
        Assert.That(Eventually.Ends(grab), Is.EqualTo(2UL));
        Assert.That(_domain.Upcalls.Holder, Is.EqualTo(WatchHolder.Nobody));
    }

    [Test]
    public void WhoBlocksBesideTheWatchHasItWhenItIsLeft()
    {
        Task<ulong> grab = Task.Run(GrabAndRelease);
        _port.AwaitSleepingWatch();
        Task<bool> beside = WaitBeside();
        _port.Grant();
        Eventually.Ends(grab);

        Eventually.Holds(() => _domain.Upcalls.Holder == WatchHolder.Blocked, "it has the watch");
        _port.AwaitSleepingWatch();
        _port.Raise(Device1, DeviceEvents.Interrupt);
        Assert.That(Eventually.Ends(beside), "it is told of what it took");
    }

    [Test]
    public void AnUpcallForAnotherEndsTheOthersWaitAndNotTheWatch()
    {
        Task<ulong> grab = Task.Run(GrabAndRelease);
        _port.AwaitSleepingWatch();
        uint mark = _other.UpcallMark;
        Task<bool> beside = Task.Run(() => _other.WaitForUpcall(mark, Timeout.InfiniteTimeSpan));
        _port.Raise(Device1, DeviceEvents.Interrupt);
        Assert.That(Eventually.Ends(beside));
        Assert.That((grab.IsCompleted, _domain.Upcalls.Holder), Is.EqualTo((false, WatchHolder.Blocked)));
        _port.Grant();
        Eventually.Ends(grab);
    }

    [Test]
    public void ACancelWakesTheThreadThatHasTheWatch()
    {
        using CancellationTokenSource cancel = new();
        Task grab = Task.Run(() => _device.Grab(cancel.Token).Release());
        _port.AwaitSleepingWatch();
        cancel.Cancel();
        Eventually.Fails<OperationCanceledException>(grab);
        Assert.That((_port.IsQueued, _domain.Upcalls.Holder), Is.EqualTo((false, WatchHolder.Nobody)));
    }

    [Test]
    public void ACancelWakesTheThreadThatBlocksBesideTheWatch()
    {
        uint mark = _other.UpcallMark;
        Task<bool> watch = Task.Run(() => _other.WaitForUpcall(mark, Timeout.InfiniteTimeSpan));
        _port.AwaitSleepingWatch();
        using CancellationTokenSource cancel = new();
        Task grab = Task.Run(() => _device.Grab(cancel.Token).Release());
        Eventually.Holds(() => _port.IsQueued, "the grab is queued");
        cancel.Cancel();
        Eventually.Fails<OperationCanceledException>(grab);
        _port.Raise(Device1, DeviceEvents.Interrupt);
        Assert.That(Eventually.Ends(watch));
    }

    [Test]
    public void AGrabAwaitedWhileAThreadBlocksIsServedByThatAndThenByAThreadOfItsOwn()
    {
        uint mark = _other.UpcallMark;
        Task<bool> watch = Task.Run(() => _other.WaitForUpcall(mark, Timeout.InfiniteTimeSpan));
        _port.AwaitSleepingWatch();
        Task<Grant> grab = _device.GrabAsync().AsTask();
        Assert.That(_domain.Upcalls.Holder, Is.EqualTo(WatchHolder.Blocked));
        _port.Grant();
        _device.Hold(Eventually.Ends(grab)).Release();

        _port.OtherOwns();
        grab = _device.GrabAsync().AsTask();
        _port.Raise(Device1, DeviceEvents.Interrupt);
        Eventually.Ends(watch);
        Assert.That(_domain.Upcalls.Holder, Is.EqualTo(WatchHolder.OwnThread));
        _port.AwaitSleepingWatch();
        _port.Grant();
        Eventually.Ends(grab);
    }

    [Test]
    public void AThreadThatLooksInVainSleepsAndIsWoken()
    {
        // Nobody waits before it, so it looks for a moment; nothing comes until it sleeps.
        Task<ulong> grab = Task.Run(GrabAndRelease);
        _port.AwaitSleepingWatch();
        Assert.That(_port.GuestPage.UpcallMask, Is.Zero, "asleep, it is to be woken");
        _port.Grant();
        Eventually.Ends(grab);
    }

    [Test]
    public void AWaitWhoseTimeIsOverLeavesWhatCameLastToNobodyAndTakesIt()
    {
        _port.AfterCall = (op, status) =>
        {
            if (op == DeviceOp.Wait && status == DeviceStatus.TimedOut)
                _port.Raise(DeviceEvents.Reset); // It may have been seen asleep still: then nobody else is notified.
        };
        Assert.That(_other.WaitForUpcall(_other.UpcallMark, TimeSpan.Zero), Is.False);
        Assert.That(_device.ContextResets, Is.EqualTo(1U));
    }

    [Test]
    public void ADisposalEndsTheGrabThatHasTheWatchAndTheOneBesideIt()
    {
        Task grab = Task.Run(GrabAndRelease);
        _port.AwaitSleepingWatch();
        Task<bool> beside = WaitBeside();
        _domain.Dispose();
        Eventually.Fails<ObjectDisposedException>(grab);
        Eventually.Fails<ObjectDisposedException>(beside);
    }

    [Test]
    public void AThreadThatIsInterruptedLeavesTheWatchAndTheQueue()
    {
        Exception? thrown = null;
        Thread thread = new(() => thrown = Assert.Catch(() => _device.Grab().Dispose()));
        thread.Start();
        _port.AwaitSleepingWatch();
        thread.Interrupt();
        Assert.That(thread.Join(FakePort.SafetyNet));
        Assert.That(thrown, Is.TypeOf<ThreadInterruptedException>());
        Assert.That((_domain.Upcalls.Holder, _port.IsQueued, _device.Holding), Is.EqualTo((WatchHolder.Nobody, false, HoldingState.NotHeld)));

        Task<ulong> next = Task.Run(GrabAndRelease);
        _port.AwaitSleepingWatch();
        _port.Grant();
        Eventually.Ends(next);
    }

    [Test]
    public void WhatIsRaisedWithoutPauseKeepsNobodyAtTheWatch()
    {
        // Each look at the door raises anew: a thread that took until nothing is left would never have its grant.
        _port.BeforeCall = op =>
        {
            if (op == DeviceOp.Wait)
                _port.Raise(Device1, DeviceEvents.Interrupt);
        };
        Task<ulong> grab = Task.Run(GrabAndRelease);
        Eventually.Holds(() => _device.Holding == HoldingState.Queued, "the grab is queued");
        _port.Grant();
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
        using DeviceLease lease = _device.Grab();
        return lease.Generation.Value;
    }
}
