using Vpio.Abi;

namespace Vpio.GuestDriver.Tests;

/// <summary>Proves grabs that wait, and each race of grant, cancel, removal and stop; the specification's rules 8, 9 and 10.</summary>
internal sealed class QueuedGrabTests
{
    private FakePort _port = null!;
    private GuestDomain _domain = null!;
    private GuestDevice _device = null!;

    [SetUp]
    public void QueueBehindAnother()
    {
        _port = new FakePort();
        _domain = GuestDomain.Attach(_port);
        _device = _domain.GetDevice(FakePort.Device0);
        _port.OtherOwns();
    }

    [TearDown]
    public void Dispose()
    {
        _domain.Dispose();
        _port.Dispose();
    }

    [Test]
    public void AQueuedGrabCompletesWithItsGrant()
    {
        Task<Grant> grab = _device.GrabAsync().AsTask();
        _port.AwaitSleepingWatch();
        Assert.That((grab.IsCompleted, _device.Holding), Is.EqualTo((false, HoldingState.Queued)));
        _port.Grant();
        Grant grant = Eventually.Ends(grab);
        Assert.That(grant.Generation, Is.EqualTo(_port.State.Generation));
        Assert.That(_device.Hold(grant).IsHeld);
    }

    [Test]
    public void AnInterruptThatIsFirstTellsOfTheGrant()
    {
        Task<Grant> grab = _device.GrabAsync().AsTask();
        _port.AwaitSleepingWatch();
        _port.DecideGrant();
        _port.PublishGrant();
        _port.Raise(DeviceEvents.Interrupt); // The device went on with what the guest had posted; whoever granted it the device has yet to say so.
        Assert.That(Eventually.Ends(grab).Generation, Is.EqualTo(_port.State.Generation));
    }

    [Test]
    public void ABlockingGrabReturnsWithItsGrant()
    {
        Task<ulong> grab = Task.Run(() =>
        {
            using DeviceLease lease = _device.Grab();
            return lease.Generation.Value;
        });
        Eventually.Holds(() => _device.Holding == HoldingState.Queued, "the grab is queued");
        _port.Grant();
        Assert.That(Eventually.Ends(grab), Is.EqualTo(2UL));
        Assert.That(_port.State.State, Is.EqualTo(DeviceState.Free));
    }

    [Test]
    public void ASecondQueuedGrabIsRefused()
    {
        Task<Grant> first = _device.GrabAsync().AsTask();
        Assert.That(() => _device.GrabAsync().AsTask(), Throws.InvalidOperationException.With.Message.Contains("waits for it already"));
        Assert.That(_device.TryGrab(out _), Is.EqualTo(GrabResult.Busy));
        _port.Grant();
        Eventually.Ends(first);
    }

    [Test]
    public void AGrantThatOutrunsTheResultOfItsGrabIsNotLost()
    {
        _domain.Upcalls.Attend();
        _port.AwaitSleepingWatch();
        _port.AfterCall = (op, status) =>
        {
            if (op != DeviceOp.Grab || status != DeviceStatus.Queued)
                return;
            _port.AfterCall = null;
            _port.Grant();
            Eventually.Holds(() => Volatile.Read(ref GuestPage.Events(ref _port.GuestPage, FakePort.Device0)) == 0, "the loop takes GRANTED before the grab returns");
        };
        Assert.That(Eventually.Ends(_device.GrabAsync().AsTask()).Generation.Value, Is.EqualTo(2UL));
    }

    [Test]
    public void AStaleGrantedCompletesNoLaterGrab()
    {
        Task<Grant> grab = _device.GrabAsync().AsTask();
        _port.Raise(DeviceEvents.Granted);
        _port.AwaitSleepingWatch();
        Assert.That((grab.IsCompleted, _port.IsQueued), Is.EqualTo((false, true)));
        _port.Grant();
        Assert.That(Eventually.Ends(grab).Generation, Is.EqualTo(_port.State.Generation));
    }

    [Test]
    public void ACancelInTimeLeavesTheQueue()
    {
        using CancellationTokenSource cancel = new();
        Task<Grant> grab = _device.GrabAsync(cancel.Token).AsTask();
        cancel.Cancel();
        OperationCanceledException thrown = Eventually.Fails<OperationCanceledException>(grab);
        Assert.That((thrown.CancellationToken, _port.IsQueued, _device.Holding), Is.EqualTo((cancel.Token, false, HoldingState.NotHeld)));
    }

    [Test]
    public void AGrantDecidedBeforeTheCancelIsGivenBackWhenItComes()
    {
        using CancellationTokenSource cancel = new();
        Task<Grant> grab = _device.GrabAsync(cancel.Token).AsTask();
        _port.DecideGrant();
        cancel.Cancel();
        Assert.That((grab.IsCompleted, _device.Holding), Is.EqualTo((false, HoldingState.Abandoned)));
        Assert.That(() => _device.GrabAsync().AsTask(), Throws.InvalidOperationException);

        _port.PublishGrant();
        _port.Raise(DeviceEvents.Granted);
        Eventually.Fails<OperationCanceledException>(grab);
        Assert.That((_port.State.State, _device.Holding), Is.EqualTo((DeviceState.Free, HoldingState.NotHeld)));
    }

    [Test]
    public void AGrantMadeBeforeTheCancelIsGivenBackAtOnce()
    {
        using CancellationTokenSource cancel = new();
        Task<Grant> grab = _device.GrabAsync(cancel.Token).AsTask();
        _port.DecideGrant();
        _port.PublishGrant();
        cancel.Cancel();
        Eventually.Fails<OperationCanceledException>(grab);
        Assert.That(_port.State.State, Is.EqualTo(DeviceState.Free));

        // Its upcall comes now, into the next ownership, and harms nothing.
        Grant next = _device.GrabAsync().Result;
        _port.Raise(DeviceEvents.Granted);
        _port.AwaitSleepingWatch();
        Assert.That(_device.Hold(next).IsHeld);
    }

    [Test]
    public void AGrantMadeBetweenTheCancelsAnswerAndItsReturnIsGivenBack()
    {
        using CancellationTokenSource cancel = new();
        Task<Grant> grab = _device.GrabAsync(cancel.Token).AsTask();
        _port.DecideGrant();
        _port.AfterCall = (op, _) =>
        {
            if (op == DeviceOp.Cancel)
                _port.PublishGrant();
        };
        cancel.Cancel();
        _port.Raise(DeviceEvents.Granted);
        Eventually.Fails<OperationCanceledException>(grab);
        Assert.That(_port.State.State, Is.EqualTo(DeviceState.Free));
    }

    [Test]
    public void ACancelAfterTheGrantChangesNothing()
    {
        using CancellationTokenSource cancel = new();
        Task<Grant> grab = _device.GrabAsync(cancel.Token).AsTask();
        _port.Grant();
        Grant grant = Eventually.Ends(grab);
        cancel.Cancel();
        Assert.That(_device.Hold(grant).IsHeld);
    }

    [Test]
    public void ACancelledBlockingGrabThrows()
    {
        using CancellationTokenSource cancel = new();
        Task<bool> grab = Task.Run(() =>
        {
            try
            {
                _device.Grab(cancel.Token);
                return false;
            }
            catch (OperationCanceledException)
            {
                return true;
            }
        });
        Eventually.Holds(() => _device.Holding == HoldingState.Queued, "the grab is queued");
        cancel.Cancel();
        Assert.That(Eventually.Ends(grab));
    }

    [Test]
    public void AGrantThatNobodyAwaitsIsGivenBack()
    {
        _domain.Upcalls.Attend();
        _port.State = new StateWord(DeviceState.Owned, FakePort.Me, new(9));
        _port.Raise(DeviceEvents.Granted);
        _port.AwaitSleepingWatch();
        Assert.That(_port.State.State, Is.EqualTo(DeviceState.Free));
    }

    [Test]
    public void ARemovedDeviceFailsTheQueuedGrab()
    {
        Task<Grant> grab = _device.GrabAsync().AsTask();
        _port.Unplug();
        Eventually.Fails<DeviceRemovedException>(grab);
        Assert.That(_device.Holding, Is.EqualTo(HoldingState.NotHeld));
    }

    [Test]
    public void AStaleRemovedKeepsTheQueuedGrab()
    {
        Task<Grant> grab = _device.GrabAsync().AsTask();
        _port.Raise(DeviceEvents.Removed);
        _port.AwaitSleepingWatch();
        Assert.That((grab.IsCompleted, _port.IsQueued), Is.EqualTo((false, true)));
        _port.Grant();
        Eventually.Ends(grab);
    }

    [Test]
    public void ADevicePluggedInAgainBeforeTheRemovalIsSeenKeepsTheGuestWaiting()
    {
        Task<Grant> grab = _device.GrabAsync().AsTask();
        _port.AwaitSleepingWatch();
        _port.BeforeCall = op =>
        {
            if (op == DeviceOp.Grab)
                _port.OtherOwns();
        };
        _port.Unplug();
        _port.AwaitSleepingWatch();
        Assert.That((grab.IsCompleted, _port.IsQueued), Is.EqualTo((false, true)), "it joined the queue again");
        _port.Grant();
        Eventually.Ends(grab);
    }

    [Test]
    public void AGrantTakenBackBeforeItsUpcallIsSeenIsAskedForAgain()
    {
        Task<Grant> grab = _device.GrabAsync().AsTask();
        _port.DecideGrant();
        _port.PublishGrant();
        _port.State = _port.State.WithoutOwner(DeviceState.Free);
        _port.Raise(DeviceEvents.Granted | DeviceEvents.Revoke | DeviceEvents.Reset);
        Grant grant = Eventually.Ends(grab);
        Assert.That((grant.Generation, _device.ContextResets), Is.EqualTo((_port.State.Generation, 1U)));
    }

    [Test]
    public void AStopFailsTheQueuedGrabAndEndsTheWatch()
    {
        Task<Grant> grab = _device.GrabAsync().AsTask();
        _port.AwaitSleepingWatch();
        _port.Stop();
        Eventually.Fails<GuestStoppedException>(grab);
        Eventually.Holds(() => _domain.Upcalls.Holder == WatchHolder.Nobody, "nobody has the watch any more");
    }

    [Test]
    public void AQuarantineEndsTheQueuedGrabAndAllToComeUntilTheGuestIsResumed()
    {
        Task<Grant> grab = _device.GrabAsync().AsTask();
        _port.AwaitSleepingWatch();
        _port.Quarantine();
        Eventually.Fails<GuestStoppedException>(grab);
        Assert.That(_device.TryGrab(out _), Is.EqualTo(GrabResult.Stopped));
        Assert.That(() => _device.GrabAsync().AsTask(), Throws.TypeOf<GuestStoppedException>());
        Assert.That(_domain.Upcalls.Holder, Is.EqualTo(WatchHolder.OwnThread), "it is not stopped: upcalls go on");

        _port.GrabStatus = null;
        _port.Raise(DeviceEvents.Reset);
        Task<Grant> resumed = _device.GrabAsync().AsTask();
        _port.Grant();
        Eventually.Ends(resumed);
    }

    [Test]
    public void AStopEndsACancelThatAwaitsItsGrant()
    {
        using CancellationTokenSource cancel = new();
        Task<Grant> grab = _device.GrabAsync(cancel.Token).AsTask();
        _port.DecideGrant();
        cancel.Cancel();
        _port.Stop();
        Eventually.Fails<OperationCanceledException>(grab);
    }

    [Test]
    public void AResumedGuestGrabsAgain()
    {
        Task<Grant> stopped = _device.GrabAsync().AsTask();
        _port.AwaitSleepingWatch();
        _port.Stop();
        Eventually.Fails<GuestStoppedException>(stopped);
        _port.Resume();

        Task<Grant> resumed = _device.GrabAsync().AsTask();
        _port.Grant();
        Assert.That(Eventually.Ends(resumed).Generation, Is.EqualTo(_port.State.Generation));
    }

    [Test]
    public void AGuestResumedBeforeItsLoopLooksKeepsItsPlace()
    {
        Task<Grant> grab = _device.GrabAsync().AsTask();
        _port.AwaitSleepingWatch();
        _port.AfterCall = (op, status) =>
        {
            if (op == DeviceOp.Wait && status == DeviceStatus.Denied)
                _port.Resume();
        };
        _port.Stop();
        Eventually.Holds(() => _port.IsQueued, "it joined the queue again");
        _port.AwaitSleepingWatch();
        _port.Grant();
        Eventually.Ends(grab);
    }

    [Test]
    public void ADisposedDomainFailsTheQueuedGrabAndLeavesTheQueue()
    {
        Task<Grant> grab = _device.GrabAsync().AsTask();
        _domain.Dispose();
        Eventually.Fails<ObjectDisposedException>(grab);
        Assert.That(_port.IsQueued, Is.False);
    }

    [Test]
    public void AResultIsReadOnceOnly()
    {
        ValueTask<Grant> task = _device.GrabAsync();
        _port.Grant();
        Eventually.Holds(() => task.IsCompleted, "granted");
        Grant grant = task.Result;
        Assert.That(() => task.Result, Throws.InvalidOperationException);
        Assert.That(_device.Hold(grant).IsHeld);
    }

    [Test]
    public void NoRaceOfGrantAndCancelLeaksOrLosesAnOwnership()
    {
        for (int round = 0; round < 2_000; round++)
        {
            using CancellationTokenSource cancel = new();
            Task<Grant> grab = _device.GrabAsync(cancel.Token).AsTask();
            Task granter = Task.Run(() => GrantIfQueued());
            cancel.Cancel();
            Eventually.Holds(() => granter.IsCompleted, "the granter ends");
            ReleaseIfGranted(grab);
            Assert.That(_port.State.Owner, Is.Not.EqualTo(FakePort.Me), $"round {round}");
            Assert.That(_device.Holding, Is.EqualTo(HoldingState.NotHeld), $"round {round}");
            _port.OtherOwns();
        }
    }

    private void GrantIfQueued()
    {
        if (!_port.TryDecideGrant())
            return;
        _port.PublishGrant();
        _port.Raise(DeviceEvents.Granted);
    }

    private void ReleaseIfGranted(Task<Grant> grab)
    {
        try
        {
            _device.Hold(Eventually.Ends(grab)).Release();
        }
        catch (OperationCanceledException)
        {
            // Then the driver gave it back itself, if it was granted at all.
        }
    }
}
