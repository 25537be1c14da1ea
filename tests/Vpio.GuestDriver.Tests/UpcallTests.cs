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
        _device = _domain.Device(FakePort.Device0);
    }

    [TearDown]
    public void Dispose()
    {
        _domain.Dispose();
        _port.Dispose();
    }

    [Test]
    public void TheLoopStartsOnlyWhenSomebodyWaits()
    {
        _device.TryGrab(out DeviceLease lease);
        lease.Release();
        Assert.That(_domain.Upcalls.IsRunning, Is.False);
        _device.WaitForFramesPending(TimeSpan.Zero);
        Assert.That(_domain.Upcalls.IsRunning);
    }

    [Test]
    public void AnIdleLoopSleepsAndAsksNothing()
    {
        _device.EnsureUpcalls();
        _port.AwaitSleepingLoop();
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
        GuestDevice other = _domain.Device(new(1));
        _port.Raise(FakePort.Device0, DeviceEvents.Reset);
        _port.Raise(other.Index, DeviceEvents.RxPending);
        Assert.That(other.WaitForFramesPending(FakePort.SafetyNet));
        _port.AwaitSleepingLoop();
        Assert.That((_device.ContextEpoch, other.ContextEpoch), Is.EqualTo((1U, 0U)));
        Assert.That(_device.WaitForFramesPending(TimeSpan.Zero), Is.False);
    }

    [Test]
    public void AScribbledGuestPageDoesNotEndTheLoop()
    {
        _device.EnsureUpcalls();
        _port.AwaitSleepingLoop();
        _port.GuestPage.PendingSelector = ulong.MaxValue;
        GuestPage.Events(ref _port.GuestPage, new(62)) = 0xFFFF_FFFF;
        _port.Raise(DeviceEvents.RxPending);
        Assert.That(_device.WaitForFramesPending(FakePort.SafetyNet));
        _port.AwaitSleepingLoop();
    }

    [Test]
    public void TheDriverLeavesTheMaskToTheWait()
    {
        _port.GuestPage.UpcallMask = 0xA5;
        _device.EnsureUpcalls();
        _port.AwaitSleepingLoop();
        _port.Raise(DeviceEvents.RxPending);
        Assert.That(_device.WaitForFramesPending(FakePort.SafetyNet));
        _port.AwaitSleepingLoop();
        Assert.That(_port.GuestPage.UpcallMask, Is.EqualTo(0xA5));
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
        _port.AwaitSleepingLoop();
        _port.Stop();
        Eventually.Fails<GuestStoppedException>(wait);
        Assert.That(() => _device.WaitForFramesPending(Timeout.InfiniteTimeSpan), Throws.TypeOf<GuestStoppedException>());
    }

    [Test]
    public void ADisposalEndsTheWaitForFramesAndTheLoop()
    {
        Task<bool> wait = Task.Run(() => _device.WaitForFramesPending(Timeout.InfiniteTimeSpan));
        _port.AwaitSleepingLoop();
        _domain.Dispose();
        Eventually.Fails<ObjectDisposedException>(wait);
        Eventually.Holds(() => !_domain.Upcalls.IsRunning, "the loop ends");
    }
}
