using Vpio.Abi;

namespace Vpio.GuestDriver.Tests;

/// <summary>Proves what a guest does whose port interrupts it: no thread of it sleeps for those who await.</summary>
internal sealed class InterruptTests
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
        _domain = GuestDomain.Attach(new InterruptingPort(_port));
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
    public void WhoAwaitsGoesOnInTheInterrupt()
    {
        int thread = 0;
        Task use = UseAsync(_device, () => thread = Environment.CurrentManagedThreadId);
        AwaitFirstLook();
        _port.Grant();
        Assert.That(_port.Interrupts, Is.Positive);
        _port.Handler!();
        Assert.That((use.IsCompletedSuccessfully, thread, _domain.Upcalls.Holder), Is.EqualTo((true, Environment.CurrentManagedThreadId, WatchHolder.Nobody)));
    }

    [Test]
    public void OfTwoWhoAreGrantedAtOnceNeitherWaitsForWhatTheOtherDoes()
    {
        _port.Slot(Device1).State = _port.State.Value;
        using Barrier both = new(2);
        int met = 0;
        void Meet() => Interlocked.Add(ref met, both.SignalAndWait(FakePort.SafetyNet) ? 1 : 0);
        Task[] uses = [UseAsync(_device, Meet), UseAsync(_other, Meet)];
        AwaitFirstLook();
        GrantBoth();
        _port.Handler!();
        Eventually.Holds(() => Task.WhenAll(uses).IsCompletedSuccessfully, "both go on");
        Assert.That(met, Is.EqualTo(2), "at once");
    }

    [Test]
    public void AnInterruptWhileAThreadHasTheWatchIsSeenWhenThatLeaves()
    {
        Task<Grant> grab = _device.GrabAsync().AsTask();
        AwaitFirstLook();
        uint mark = _other.UpcallMark;
        Task<bool> watch = Task.Run(() => _other.WaitForUpcall(mark, Timeout.InfiniteTimeSpan));
        _port.AwaitSleepingWatch();
        _port.AfterCall = (op, status) =>
        {
            // The thread is awake, and will not sleep again: a stop now interrupts, and raises nothing that it would find pending.
            if (op != DeviceOp.Wait || status != DeviceStatus.Ok)
                return;
            _port.AfterCall = null;
            _port.Stop();
            _port.Handler!();
        };
        _port.Raise(Device1, DeviceEvents.Interrupt);
        Assert.That(Eventually.Ends(watch));
        Eventually.Fails<GuestStoppedException>(grab);
    }

    [Test]
    public void AStopFailsWhoAwaits()
    {
        Task<Grant> grab = _device.GrabAsync().AsTask();
        AwaitFirstLook();
        _port.Stop();
        _port.Raise(Device1, DeviceEvents.Reset); // Pending, though nobody may sleep for it any more.
        _port.Handler!();
        Eventually.Fails<GuestStoppedException>(grab);
    }

    [Test]
    public void WhatWasRaisedBeforeAnybodyAwaitedIsTaken()
    {
        _port.Raise(Device1, DeviceEvents.Reset);
        Task<Grant> grab = _device.GrabAsync().AsTask();
        Eventually.Holds(() => _other.ContextResets == 1, "it is taken");
        _port.Grant();
        _port.Handler!();
        Eventually.Ends(grab);
    }

    [Test]
    public void AnInterruptForNothingDoesNothing()
    {
        Task<Grant> grab = _device.GrabAsync().AsTask();
        AwaitFirstLook();
        _port.Handler!();
        Assert.That((grab.IsCompleted, _port.IsQueued, _domain.Upcalls.Holder), Is.EqualTo((false, true, WatchHolder.Nobody)));
        _domain.Dispose();
        _port.Handler!();
        Eventually.Fails<ObjectDisposedException>(grab);
    }

    private static async Task UseAsync(GuestDevice device, Action use)
    {
        Grant grant = await device.GrabAsync().ConfigureAwait(false);
        use();
        device.Hold(grant).Release();
    }

    /// <summary>Waits until the look is over that the first who awaits has made, on the pool.</summary>
    private void AwaitFirstLook()
    {
        Eventually.Holds(() => _port.Calls.Contains(DeviceOp.Wait), "it looks");
        Eventually.Holds(() => _domain.Upcalls.Holder == WatchHolder.Nobody, "it is over");
    }

    private void GrantBoth()
    {
        _port.DecideGrant();
        _port.PublishGrant();
        _port.Slot(Device1).State = _port.State.Value;
        _port.Raise(Device1, DeviceEvents.Granted);
        _port.Raise(DeviceEvents.Granted);
    }
}
