using Vpio.Abi;

namespace Vpio.GuestDriver.Tests;

/// <summary>Proves grabs that need not wait, and the releases of any; the specification's DEVOP_grab and DEVOP_release.</summary>
internal sealed class GrabTests
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
    public void AFreeDeviceIsGranted()
    {
        GrabResult result = _device.TryGrab(out DeviceLease lease);
        Assert.That((result, lease.IsHeld, lease.StopRequested, lease.Generation.Value), Is.EqualTo((GrabResult.Granted, true, false, 1UL)));
    }

    [Test]
    public void AnotherGuestsDeviceIsBusy()
    {
        _port.OtherOwns();
        GrabResult result = _device.TryGrab(out DeviceLease lease);
        Assert.That((result, lease.IsHeld, lease.StopRequested), Is.EqualTo((GrabResult.Busy, false, true)));
    }

    [Test]
    public void AHeldDeviceIsNotGrabbedTwice()
    {
        _device.TryGrab(out DeviceLease lease);
        Assert.That(_device.TryGrab(out _), Is.EqualTo(GrabResult.AlreadyHeld));
        Assert.That(() => _device.GrabAsync().AsTask(), Throws.InvalidOperationException.With.Message.Contains("holds it already"));
        Assert.That(() => { _device.Grab(); }, Throws.InvalidOperationException);
        Assert.That(lease.IsHeld);
    }

    [Test]
    public void AHeldDeviceIsNotGrabbedOnAnotherThreadEither()
    {
        _device.TryGrab(out _);
        Assert.That(Eventually.Ends(Task.Run(() => _device.TryGrab(out _))), Is.EqualTo(GrabResult.AlreadyHeld));
    }

    [Test]
    public void AGrabByAnotherDriverOfTheGuestIsNotTakenOver()
    {
        _port.State = new StateWord(DeviceState.Owned, FakePort.Me, new(4));
        Assert.That(_device.TryGrab(out _), Is.EqualTo(GrabResult.AlreadyHeld));
        Assert.That(() => _device.GrabAsync().AsTask(), Throws.InvalidOperationException.With.Message.Contains("second driver"));
    }

    [Test]
    public void AMissingDeviceIsRemoved()
    {
        GuestDevice missing = _domain.GetDevice(new(9));
        Assert.That(missing.TryGrab(out _), Is.EqualTo(GrabResult.Removed));
        Assert.That(() => missing.GrabAsync().AsTask(), Throws.TypeOf<DeviceRemovedException>());
    }

    [Test]
    public void AStoppedGuestGrabsNothing()
    {
        _port.Stop();
        Assert.That(_device.TryGrab(out _), Is.EqualTo(GrabResult.Stopped));
        Assert.That(() => _device.GrabAsync().AsTask(), Throws.TypeOf<GuestStoppedException>());
    }

    [Test]
    public void AGrantAtOnceCompletesTheTaskAtOnce()
    {
        ValueTask<Grant> task = _device.GrabAsync();
        Assert.That(task.IsCompletedSuccessfully);
        Grant grant = task.Result;
        Assert.That((grant.Device, grant.Generation.Value, _domain.Upcalls.Holder), Is.EqualTo((FakePort.Device0, 1UL, WatchHolder.Nobody)));
        Assert.That(_device.Hold(grant).IsHeld);
    }

    [Test]
    public void ACancelledTokenGrabsNothing()
    {
        CancellationToken cancelled = new(canceled: true);
        Assert.That(_device.GrabAsync(cancelled).IsCanceled);
        Assert.That(() => { _device.Grab(cancelled); }, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(_port.State.State, Is.EqualTo(DeviceState.Free));
    }

    [Test]
    public void AGrantOfAnotherDeviceMakesNoLease()
    {
        Grant grant = _device.GrabAsync().Result;
        Assert.That(() => { _domain.GetDevice(new(1)).Hold(grant); }, Throws.ArgumentException);
    }

    [Test]
    public void AReleaseGivesTheDeviceBackOnce()
    {
        _device.TryGrab(out DeviceLease lease);
        Assert.That(lease.Release(), Is.EqualTo(ReleaseResult.Released));
        Assert.That((_port.State.State, lease.IsHeld), Is.EqualTo((DeviceState.Free, false)));
        Assert.That(lease.Release(), Is.EqualTo(ReleaseResult.AlreadyTaken));
        Assert.That(_port.Calls.Count(op => op == DeviceOp.Release), Is.EqualTo(1));
    }

    [Test]
    public void AnOldLeaseDoesNotReleaseALaterOwnership()
    {
        _device.TryGrab(out DeviceLease old);
        old.Release();
        _device.TryGrab(out DeviceLease young);
        Assert.That(old.Release(), Is.EqualTo(ReleaseResult.AlreadyTaken));
        Assert.That((old.IsHeld, young.IsHeld), Is.EqualTo((false, true)));
    }

    [Test]
    public void AReleaseAfterAForcedStopSaysSoAndThrowsNothing()
    {
        _device.TryGrab(out DeviceLease lease);
        _port.Detach();
        Assert.That(lease.Release(), Is.EqualTo(ReleaseResult.AlreadyTaken));
        lease.Dispose();
    }

    [Test]
    public void ADeviceTakenAwayCanBeGrabbedAgainWithoutARelease()
    {
        _device.TryGrab(out DeviceLease old);
        _port.Detach();
        Assert.That(_device.TryGrab(out DeviceLease young), Is.EqualTo(GrabResult.Granted));
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
