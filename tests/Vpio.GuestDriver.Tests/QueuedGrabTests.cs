using Vpio.Abi;

namespace Vpio.GuestDriver.Tests;

/// <summary>Proves grabs that wait, and each race of grant, cancel, removal and stop; the specification's rules 8, 9 and 10.</summary>
internal sealed class QueuedGrabTests : FakeGuestFixture
{
    [SetUp]
    public void QueueBehindAnother() => Port.OtherOwns();

    [Test]
    public void AQueuedGrabCompletesWithItsGrant()
    {
        Task<Grant> grab = Device.GrabAsync().AsTask();
        Port.AwaitSleepingWatch();
        Assert.That((grab.IsCompleted, Device.Holding), Is.EqualTo((false, HoldingState.Queued)));
        Port.Grant();
        Grant grant = Eventually.Ends(grab);
        Assert.That(grant.Generation, Is.EqualTo(Port.State.Generation));
        Assert.That(Device.Hold(grant).IsHeld);
    }

    [TestCase(DeviceEvents.Interrupt, TestName = "AnInterruptThatIsFirstTellsOfTheGrant")]
    [TestCase(DeviceEvents.Revoke, TestName = "ARevocationThatIsFirstTellsOfTheGrant")]
    public void WhatOnlyAnOwnerGetsTellsOfTheGrant(DeviceEvents first)
    {
        Task<Grant> grab = Device.GrabAsync().AsTask();
        Port.AwaitSleepingWatch();
        Port.DecideGrant();
        Port.PublishGrant();
        Port.Raise(first); // Whoever granted the device lost its processor before it could say so.
        Assert.That(Eventually.Ends(grab).Generation, Is.EqualTo(Port.State.Generation));
    }

    [Test]
    public void ABlockingGrabReturnsWithItsGrant()
    {
        Task<ulong> grab = Task.Run(() =>
        {
            using DeviceLease lease = Device.Grab();
            return lease.Generation.Value;
        });
        Eventually.Holds(() => Device.Holding == HoldingState.Queued, "the grab is queued");
        Port.Grant();
        Assert.That(Eventually.Ends(grab), Is.EqualTo(2UL));
        Assert.That(Port.State.State, Is.EqualTo(DeviceState.Free));
    }

    [Test]
    public void ASecondQueuedGrabIsRefused()
    {
        Task<Grant> first = Device.GrabAsync().AsTask();
        Assert.That(() => Device.GrabAsync().AsTask(), Throws.InvalidOperationException.With.Message.Contains("waits for it already"));
        Assert.That(Device.TryGrab(out _), Is.EqualTo(GrabResult.Busy));
        Port.Grant();
        Eventually.Ends(first);
    }

    [Test]
    public void AGrantThatOutrunsTheResultOfItsGrabIsNotLost()
    {
        Domain.Upcalls.Attend();
        Port.AwaitSleepingWatch();
        Port.OnceAfter(DeviceOp.Grab, DeviceStatus.Queued, () =>
        {
            Port.Grant();
            Eventually.Holds(() => Volatile.Read(ref GuestPage.Events(ref Port.GuestPage, FakePort.Device0)) == 0, "the loop takes GRANTED before the grab returns");
        });
        Assert.That(Eventually.Ends(Device.GrabAsync().AsTask()).Generation.Value, Is.EqualTo(2UL));
    }

    [Test]
    public void AStaleGrantedCompletesNoLaterGrab()
    {
        Task<Grant> grab = Device.GrabAsync().AsTask();
        Port.Raise(DeviceEvents.Granted);
        Port.AwaitSleepingWatch();
        Assert.That((grab.IsCompleted, Port.IsQueued), Is.EqualTo((false, true)));
        Port.Grant();
        Assert.That(Eventually.Ends(grab).Generation, Is.EqualTo(Port.State.Generation));
    }

    [Test]
    public void ACancelInTimeLeavesTheQueue()
    {
        using CancellationTokenSource cancel = new();
        Task<Grant> grab = Device.GrabAsync(cancel.Token).AsTask();
        cancel.Cancel();
        OperationCanceledException thrown = Eventually.Fails<OperationCanceledException>(grab);
        Assert.That((thrown.CancellationToken, Port.IsQueued, Device.Holding), Is.EqualTo((cancel.Token, false, HoldingState.NotHeld)));
    }

    [Test]
    public void AGrantDecidedBeforeTheCancelIsGivenBackWhenItComes()
    {
        using CancellationTokenSource cancel = new();
        Task<Grant> grab = Device.GrabAsync(cancel.Token).AsTask();
        Port.DecideGrant();
        cancel.Cancel();
        Assert.That((grab.IsCompleted, Device.Holding), Is.EqualTo((false, HoldingState.Abandoned)));
        Assert.That(() => Device.GrabAsync().AsTask(), Throws.InvalidOperationException);

        Port.PublishGrant();
        Port.Raise(DeviceEvents.Granted);
        Eventually.Fails<OperationCanceledException>(grab);
        Assert.That((Port.State.State, Device.Holding), Is.EqualTo((DeviceState.Free, HoldingState.NotHeld)));
    }

    [Test]
    public void AGrantMadeBeforeTheCancelIsGivenBackAtOnce()
    {
        using CancellationTokenSource cancel = new();
        Task<Grant> grab = Device.GrabAsync(cancel.Token).AsTask();
        Port.DecideGrant();
        Port.PublishGrant();
        cancel.Cancel();
        Eventually.Fails<OperationCanceledException>(grab);
        Assert.That(Port.State.State, Is.EqualTo(DeviceState.Free));

        // Its upcall comes now, into the next ownership, and harms nothing.
        Grant next = Device.GrabAsync().Result;
        Port.Raise(DeviceEvents.Granted);
        Port.AwaitSleepingWatch();
        Assert.That(Device.Hold(next).IsHeld);
    }

    [Test]
    public void AGrantMadeBetweenTheCancelsAnswerAndItsReturnIsGivenBack()
    {
        using CancellationTokenSource cancel = new();
        Task<Grant> grab = Device.GrabAsync(cancel.Token).AsTask();
        Port.DecideGrant();
        Port.AfterCall = (op, _) =>
        {
            if (op == DeviceOp.Cancel)
                Port.PublishGrant();
        };
        cancel.Cancel();
        Port.Raise(DeviceEvents.Granted);
        Eventually.Fails<OperationCanceledException>(grab);
        Assert.That(Port.State.State, Is.EqualTo(DeviceState.Free));
    }

    [Test]
    public void ACancelAfterTheGrantChangesNothing()
    {
        using CancellationTokenSource cancel = new();
        Task<Grant> grab = Device.GrabAsync(cancel.Token).AsTask();
        Port.Grant();
        Grant grant = Eventually.Ends(grab);
        cancel.Cancel();
        Assert.That(Device.Hold(grant).IsHeld);
    }

    [Test]
    public void ACancelledBlockingGrabThrows()
    {
        using CancellationTokenSource cancel = new();
        Task<bool> grab = Task.Run(() =>
        {
            try
            {
                Device.Grab(cancel.Token);
                return false;
            }
            catch (OperationCanceledException)
            {
                return true;
            }
        });
        Eventually.Holds(() => Device.Holding == HoldingState.Queued, "the grab is queued");
        cancel.Cancel();
        Assert.That(Eventually.Ends(grab));
    }

    [Test]
    public void AGrantThatNobodyAwaitsIsGivenBack()
    {
        Domain.Upcalls.Attend();
        Port.State = new StateWord(DeviceState.Owned, FakePort.Me, new(9));
        Port.Raise(DeviceEvents.Granted);
        Port.AwaitSleepingWatch();
        Assert.That(Port.State.State, Is.EqualTo(DeviceState.Free));
    }

    [Test]
    public void ARemovedDeviceFailsTheQueuedGrab()
    {
        Task<Grant> grab = Device.GrabAsync().AsTask();
        Port.Unplug();
        Eventually.Fails<DeviceRemovedException>(grab);
        Assert.That(Device.Holding, Is.EqualTo(HoldingState.NotHeld));
    }

    [Test]
    public void AStaleRemovedKeepsTheQueuedGrab()
    {
        Task<Grant> grab = Device.GrabAsync().AsTask();
        Port.Raise(DeviceEvents.Removed);
        Port.AwaitSleepingWatch();
        Assert.That((grab.IsCompleted, Port.IsQueued), Is.EqualTo((false, true)));
        Port.Grant();
        Eventually.Ends(grab);
    }

    [Test]
    public void ADevicePluggedInAgainBeforeTheRemovalIsSeenKeepsTheGuestWaiting()
    {
        Task<Grant> grab = Device.GrabAsync().AsTask();
        Port.AwaitSleepingWatch();
        Port.BeforeCall = op =>
        {
            if (op == DeviceOp.Grab)
                Port.OtherOwns();
        };
        Port.Unplug();
        Port.AwaitSleepingWatch();
        Assert.That((grab.IsCompleted, Port.IsQueued), Is.EqualTo((false, true)), "it joined the queue again");
        Port.Grant();
        Eventually.Ends(grab);
    }

    [Test]
    public void AGrantTakenBackBeforeItsUpcallIsSeenIsAskedForAgain()
    {
        Task<Grant> grab = Device.GrabAsync().AsTask();
        Port.DecideGrant();
        Port.PublishGrant();
        Port.State = Port.State.WithoutOwner(DeviceState.Free);
        Port.Raise(DeviceEvents.Granted | DeviceEvents.Revoke | DeviceEvents.Reset);
        Grant grant = Eventually.Ends(grab);
        Assert.That((grant.Generation, Device.ContextResets), Is.EqualTo((Port.State.Generation, 1U)));
    }

    [Test]
    public void AStopFailsTheQueuedGrabAndEndsTheWatch()
    {
        Task<Grant> grab = Device.GrabAsync().AsTask();
        Port.AwaitSleepingWatch();
        Port.Stop();
        Eventually.Fails<GuestStoppedException>(grab);
        Eventually.Holds(() => Domain.Upcalls.Holder == WatchHolder.Nobody, "nobody has the watch any more");
    }

    [Test]
    public void AQuarantineEndsTheQueuedGrabAndAllToComeUntilTheGuestIsResumed()
    {
        Task<Grant> grab = Device.GrabAsync().AsTask();
        Port.AwaitSleepingWatch();
        Port.Quarantine();
        Eventually.Fails<GuestStoppedException>(grab);
        Assert.That(Device.TryGrab(out _), Is.EqualTo(GrabResult.Stopped));
        Assert.That(() => Device.GrabAsync().AsTask(), Throws.TypeOf<GuestStoppedException>());
        Assert.That(Domain.Upcalls.Holder, Is.EqualTo(WatchHolder.OwnThread), "it is not stopped: upcalls go on");

        Port.GrabStatus = null;
        Port.Raise(DeviceEvents.Reset);
        Task<Grant> resumed = Device.GrabAsync().AsTask();
        Port.Grant();
        Eventually.Ends(resumed);
    }

    [Test]
    public void AStopEndsACancelThatAwaitsItsGrant()
    {
        using CancellationTokenSource cancel = new();
        Task<Grant> grab = Device.GrabAsync(cancel.Token).AsTask();
        Port.DecideGrant();
        cancel.Cancel();
        Port.Stop();
        Eventually.Fails<OperationCanceledException>(grab);
    }

    [Test]
    public void AResumedGuestGrabsAgain()
    {
        Task<Grant> stopped = Device.GrabAsync().AsTask();
        Port.AwaitSleepingWatch();
        Port.Stop();
        Eventually.Fails<GuestStoppedException>(stopped);
        Port.Resume();

        Task<Grant> resumed = Device.GrabAsync().AsTask();
        Port.Grant();
        Assert.That(Eventually.Ends(resumed).Generation, Is.EqualTo(Port.State.Generation));
    }

    [Test]
    public void AGuestResumedBeforeItsLoopLooksKeepsItsPlace()
    {
        Task<Grant> grab = Device.GrabAsync().AsTask();
        Port.AwaitSleepingWatch();
        Port.OnceAfter(DeviceOp.Wait, DeviceStatus.Denied, Port.Resume);
        Port.Stop();
        Eventually.Holds(() => Port.IsQueued, "it joined the queue again");
        Port.AwaitSleepingWatch();
        Port.Grant();
        Eventually.Ends(grab);
    }

    [Test]
    public void ADisposedDomainFailsTheQueuedGrabAndLeavesTheQueue()
    {
        Task<Grant> grab = Device.GrabAsync().AsTask();
        Domain.Dispose();
        Eventually.Fails<ObjectDisposedException>(grab);
        Assert.That(Port.IsQueued, Is.False);
    }

    [Test]
    public void AResultIsReadOnceOnly()
    {
        ValueTask<Grant> task = Device.GrabAsync();
        Port.Grant();
        Eventually.Holds(() => task.IsCompleted, "granted");
        Grant grant = task.Result;
        Assert.That(() => task.Result, Throws.InvalidOperationException);
        Assert.That(Device.Hold(grant).IsHeld);
    }

    [Test]
    public void NoRaceOfGrantAndCancelLeaksOrLosesAnOwnership()
    {
        for (int round = 0; round < 2_000; round++)
        {
            using CancellationTokenSource cancel = new();
            Task<Grant> grab = Device.GrabAsync(cancel.Token).AsTask();
            Task granter = Task.Run(() => GrantIfQueued());
            cancel.Cancel();
            Eventually.Holds(() => granter.IsCompleted, "the granter ends");
            ReleaseIfGranted(grab);
            Assert.That(Port.State.Owner, Is.Not.EqualTo(FakePort.Me), $"round {round}");
            Assert.That(Device.Holding, Is.EqualTo(HoldingState.NotHeld), $"round {round}");
            Port.OtherOwns();
        }
    }

    private void GrantIfQueued()
    {
        if (!Port.TryDecideGrant())
            return;
        Port.PublishGrant();
        Port.Raise(DeviceEvents.Granted);
    }

    private void ReleaseIfGranted(Task<Grant> grab)
    {
        try
        {
            Device.Hold(Eventually.Ends(grab)).Release();
        }
        catch (OperationCanceledException)
        {
            // Then the driver gave it back itself, if it was granted at all.
        }
    }
}
