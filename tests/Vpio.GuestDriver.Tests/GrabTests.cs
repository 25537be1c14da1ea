using Vpio.Abi;

namespace Vpio.GuestDriver.Tests;

/// <summary>Proves grabs that need not wait, and the releases of any; the specification's DEVOP_grab and DEVOP_release.</summary>
internal sealed class GrabTests : FakeGuestFixture
{
    [Test]
    public void AFreeDeviceIsGranted()
    {
        GrabResult result = Device.TryGrab(out DeviceLease lease);
        Assert.That((result, lease.IsHeld, lease.StopRequested, lease.Generation.Value), Is.EqualTo((GrabResult.Granted, true, false, 1UL)));
    }

    [Test]
    public void AnotherGuestsDeviceIsBusy()
    {
        Port.OtherOwns();
        GrabResult result = Device.TryGrab(out DeviceLease lease);
        Assert.That((result, lease.IsHeld, lease.StopRequested), Is.EqualTo((GrabResult.Busy, false, true)));
    }

    [Test]
    public void AHeldDeviceIsNotGrabbedTwice()
    {
        Device.TryGrab(out DeviceLease lease);
        Assert.That(Device.TryGrab(out _), Is.EqualTo(GrabResult.AlreadyHeld));
        Assert.That(() => Device.GrabAsync().AsTask(), Throws.InvalidOperationException.With.Message.Contains("holds it already"));
        Assert.That(() => { Device.Grab(); }, Throws.InvalidOperationException);
        Assert.That(lease.IsHeld);
    }

    [Test]
    public void AHeldDeviceIsNotGrabbedOnAnotherThreadEither()
    {
        Device.TryGrab(out _);
        Assert.That(Eventually.Ends(Task.Run(() => Device.TryGrab(out _))), Is.EqualTo(GrabResult.AlreadyHeld));
    }

    [Test]
    public void AGrabByAnotherDriverOfTheGuestIsNotTakenOver()
    {
        Port.State = new StateWord(DeviceState.Owned, FakePort.Me, new(4));
        Assert.That(Device.TryGrab(out _), Is.EqualTo(GrabResult.AlreadyHeld));
        Assert.That(() => Device.GrabAsync().AsTask(), Throws.InvalidOperationException.With.Message.Contains("second driver"));
    }

    [Test]
    public void AMissingDeviceIsRemoved()
    {
        GuestDevice missing = Domain.GetDevice(new(9));
        Assert.That(missing.TryGrab(out _), Is.EqualTo(GrabResult.Removed));
        Assert.That(() => missing.GrabAsync().AsTask(), Throws.TypeOf<DeviceRemovedException>());
    }

    [Test]
    public void AStoppedGuestGrabsNothing()
    {
        Port.Stop();
        Assert.That(Device.TryGrab(out _), Is.EqualTo(GrabResult.Stopped));
        Assert.That(() => Device.GrabAsync().AsTask(), Throws.TypeOf<GuestStoppedException>());
    }

    [Test]
    public void AGrantAtOnceCompletesTheTaskAtOnce()
    {
        ValueTask<Grant> task = Device.GrabAsync();
        Assert.That(task.IsCompletedSuccessfully);
        Grant grant = task.Result;
        Assert.That((grant.Device, grant.Generation.Value, Domain.Upcalls.Holder), Is.EqualTo((FakePort.Device0, 1UL, WatchHolder.Nobody)));
        Assert.That(Device.Hold(grant).IsHeld);
    }

    [Test]
    public void ACancelledTokenGrabsNothing()
    {
        CancellationToken cancelled = new(canceled: true);
        Assert.That(Device.GrabAsync(cancelled).IsCanceled);
        Assert.That(() => { Device.Grab(cancelled); }, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(Port.State.State, Is.EqualTo(DeviceState.Free));
    }

    [Test]
    public void AGrantOfAnotherDeviceMakesNoLease()
    {
        Grant grant = Device.GrabAsync().Result;
        Assert.That(() => { Domain.GetDevice(new(1)).Hold(grant); }, Throws.ArgumentException);
    }

    [Test]
    public void AReleaseGivesTheDeviceBackOnce()
    {
        Device.TryGrab(out DeviceLease lease);
        Assert.That(lease.Release(), Is.EqualTo(ReleaseResult.Released));
        Assert.That((Port.State.State, lease.IsHeld), Is.EqualTo((DeviceState.Free, false)));
        Assert.That(lease.Release(), Is.EqualTo(ReleaseResult.AlreadyTaken));
        Assert.That(Port.Calls.Count(op => op == DeviceOp.Release), Is.EqualTo(1));
    }

    [Test]
    public void AnOldLeaseDoesNotReleaseALaterOwnership()
    {
        Device.TryGrab(out DeviceLease old);
        old.Release();
        Device.TryGrab(out DeviceLease young);
        Assert.That(old.Release(), Is.EqualTo(ReleaseResult.AlreadyTaken));
        Assert.That((old.IsHeld, young.IsHeld), Is.EqualTo((false, true)));
    }

    [Test]
    public void AReleaseAfterAForcedStopSaysSoAndThrowsNothing()
    {
        Device.TryGrab(out DeviceLease lease);
        Port.Detach();
        Assert.That(lease.Release(), Is.EqualTo(ReleaseResult.AlreadyTaken));
        lease.Dispose();
    }

    [Test]
    public void ADeviceTakenAwayCanBeGrabbedAgainWithoutARelease()
    {
        Device.TryGrab(out DeviceLease old);
        Port.Detach();
        Assert.That(Device.TryGrab(out DeviceLease young), Is.EqualTo(GrabResult.Granted));
        old.Dispose();
        Assert.That((old.IsHeld, young.IsHeld), Is.EqualTo((false, true)));
    }

    [Test]
    public void AnEmptyLeaseIsDisposedQuietlyAndUsedLoudly()
    {
        DeviceLease lease = default;
        lease.Dispose();
        Assert.That(() => { DeviceLease empty = default; empty.Read32(0); }, Throws.InvalidOperationException);
    }
}
