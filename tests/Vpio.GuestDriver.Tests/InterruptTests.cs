using Vpio.Abi;

namespace Vpio.GuestDriver.Tests;

/// <summary>Proves what a guest does whose port interrupts it: no thread of it sleeps for those who await.</summary>
internal sealed class InterruptTests : FakeGuestFixture
{
    private GuestDevice _other = null!;

    protected override IHypercallPort DriversPort(FakePort port) => new InterruptingPort(port);

    [SetUp]
    public void QueueBehindAnother()
    {
        _other = Domain.GetDevice(Device1);
        Port.OtherOwns();
    }

    [Test]
    public void WhoAwaitsGoesOnInTheInterrupt()
    {
        int thread = 0;
        Task use = UseAsync(Device, () => thread = Environment.CurrentManagedThreadId);
        AwaitFirstLook();
        Port.Grant();
        Assert.That(Port.Interrupts, Is.Positive);
        Port.Handler!();
        Assert.That((use.IsCompletedSuccessfully, thread, Domain.Upcalls.Holder), Is.EqualTo((true, Environment.CurrentManagedThreadId, WatchHolder.Nobody)));
    }

    [Test]
    public void WhoLooksAtTheTaskBetweenSleepsIsWokenWhenItHasEnded()
    {
        ValueTask<Grant> grab = Device.GrabAsync();
        Port.Slot(Device1).State = Port.State.Value;
        _ = _other.GrabAsync().AsTask();
        AwaitFirstLook();
        (bool HasEnded, uint Mark)? look = null;
        Port.BeforeCall = op => look ??= op == DeviceOp.Grab ? (grab.IsCompleted, Device.UpcallMark) : null;
        Port.DecideGrant();
        Port.PublishGrant();
        Port.Raise(Device1, DeviceEvents.Reset); // Asks again, and so there is a look between upcall and task.
        Port.Raise(DeviceEvents.Granted);
        Port.Handler!();
        Assert.That(grab.IsCompleted);
        Assert.That(look, Is.Not.Null);
        Assert.That(look!.Value.HasEnded || Device.UpcallMark != look.Value.Mark, "it sleeps, and no upcall comes");
    }

    [Test]
    public void AGrabThatEndsLeavesWhoeverWaitsForAnotherDeviceAsleep()
    {
        using CancellationTokenSource cancel = new();
        ValueTask<Grant> grab = Device.GrabAsync(cancel.Token);
        AwaitFirstLook();
        Task<bool> watch = AwaitUpcall(_other);
        Port.AwaitSleepingWatch();
        int sleeps = Sleeps();
        cancel.Cancel();
        Assert.That((grab.IsCompleted, Sleeps()), Is.EqualTo((true, sleeps)));
        Port.Raise(Device1, DeviceEvents.Interrupt);
        Assert.That(Eventually.Ends(watch));
    }

    [Test]
    public void WhoEndsAGrabWhileItHasTheWatchNeedsNotWakeItself()
    {
        ValueTask<Grant> grab = Device.GrabAsync();
        AwaitFirstLook();
        Task<bool> watch = AwaitUpcall(Device);
        Port.AwaitSleepingWatch();
        int sleeps = Sleeps();
        Port.Grant();
        Assert.That(Eventually.Ends(watch));
        Assert.That((grab.IsCompleted, Sleeps()), Is.EqualTo((true, sleeps)));
    }

    [Test]
    public void OfTwoWhoAreGrantedAtOnceNeitherWaitsForWhatTheOtherDoes()
    {
        Port.Slot(Device1).State = Port.State.Value;
        using Barrier both = new(2);
        int met = 0;
        void Meet() => Interlocked.Add(ref met, both.SignalAndWait(FakePort.SafetyNet) ? 1 : 0);
        Task[] uses = [UseAsync(Device, Meet), UseAsync(_other, Meet)];
        AwaitFirstLook();
        GrantBoth();
        Port.Handler!();
        Eventually.Holds(() => Task.WhenAll(uses).IsCompletedSuccessfully, "both go on");
        Assert.That(met, Is.EqualTo(2), "at once");
    }

    [Test]
    public void AnInterruptWhileAThreadHasTheWatchIsSeenWhenThatLeaves()
    {
        Task<Grant> grab = Device.GrabAsync().AsTask();
        AwaitFirstLook();
        Task<bool> watch = AwaitUpcall(_other);
        Port.AwaitSleepingWatch();
        Port.OnceAfter(DeviceOp.Wait, DeviceStatus.Ok, () =>
        {
            // The thread is awake, and will not sleep again: a stop now interrupts, and raises nothing that it would find pending.
            Port.Stop();
            Port.Handler!();
        });
        Port.Raise(Device1, DeviceEvents.Interrupt);
        Assert.That(Eventually.Ends(watch));
        Eventually.Fails<GuestStoppedException>(grab);
    }

    [Test]
    public void AStopFailsWhoAwaits()
    {
        Task<Grant> grab = Device.GrabAsync().AsTask();
        AwaitFirstLook();
        Port.Stop();
        Port.Raise(Device1, DeviceEvents.Reset); // Pending, though nobody may sleep for it any more.
        Port.Handler!();
        Eventually.Fails<GuestStoppedException>(grab);
    }

    [Test]
    public void WhatWasRaisedBeforeAnybodyAwaitedIsTaken()
    {
        Port.Raise(Device1, DeviceEvents.Reset);
        Task<Grant> grab = Device.GrabAsync().AsTask();
        Eventually.Holds(() => _other.ContextResets == 1, "it is taken");
        Port.Grant();
        Port.Handler!();
        Eventually.Ends(grab);
    }

    [Test]
    public void AnInterruptForNothingDoesNothing()
    {
        Task<Grant> grab = Device.GrabAsync().AsTask();
        AwaitFirstLook();
        Port.Handler!();
        Assert.That((grab.IsCompleted, Port.IsQueued, Domain.Upcalls.Holder), Is.EqualTo((false, true, WatchHolder.Nobody)));
        Domain.Dispose();
        Port.Handler!();
        Eventually.Fails<ObjectDisposedException>(grab);
    }

    private static async Task UseAsync(GuestDevice device, Action use)
    {
        Grant grant = await device.GrabAsync().ConfigureAwait(false);
        use();
        device.Hold(grant).Release();
    }

    private int Sleeps() => Port.Calls.Count(call => call == DeviceOp.Wait);

    /// <summary>Waits until the look is over that the first who awaits has made, on the pool.</summary>
    private void AwaitFirstLook()
    {
        Eventually.Holds(() => Port.Calls.Contains(DeviceOp.Wait), "it looks");
        Eventually.Holds(() => Domain.Upcalls.Holder == WatchHolder.Nobody, "it is over");
    }

    private void GrantBoth()
    {
        Port.DecideGrant();
        Port.PublishGrant();
        Port.Slot(Device1).State = Port.State.Value;
        Port.Raise(Device1, DeviceEvents.Granted);
        Port.Raise(DeviceEvents.Granted);
    }
}
