using Vpio.Abi;
using Vpio.Coyote.Tests.Control;
using Vpio.Coyote.Tests.Twins;
using Vpio.GuestDriver;
using Vpio.Hypervisor.Guests;

namespace Vpio.Coyote.Tests.Scenarios;

/// <summary>Samples who takes the upcalls of a guest: whatever comes when, nobody who waits is forgotten.</summary>
[TestFixture]
internal sealed class UpcallWatchTests
{
    private static readonly DeviceIndex First = new(0);
    private static readonly DeviceIndex Second = new(1);

    [Test]
    public void AStopIsToldWhoeverHasTheWatch() =>
        Sampler.Holds(() => StopWhileOneLeaves((domain, port) => new ShippingWatch(new UpcallWatch(domain, port))), 1_000);

    [Test]
    public void AWatchThatForgetsInterruptsLosesAStop() =>
        Sampler.Finds(() => StopWhileOneLeaves((domain, port) => new WatchThatForgetsInterrupts(domain, port)), 2_000);

    [Test]
    public void ThoseWhoBlockBesideOneAnotherAreAllTold() => Sampler.Holds(
        () =>
        {
            using SampledWorld world = new();
            Guest guest = world.AddGuest();
            GuestDomain domain = GuestDomain.Attach(guest.Port);
            Threads.Run(
                () => Claim.That(domain.GetDevice(First).WaitForUpcall(0, Timeout.InfiniteTimeSpan), "its time was over"),
                () => Claim.That(domain.GetDevice(Second).WaitForUpcall(0, Timeout.InfiniteTimeSpan), "its time was over"),
                () => guest.Upcalls.Raise(First, DeviceEvents.Interrupt),
                () => guest.Upcalls.Raise(Second, DeviceEvents.Interrupt));
            Claim.Equal(domain.Upcalls.Holder, WatchHolder.Nobody);
        },
        500);

    [Test]
    public void ACancelWakesWhoeverBlocks() => Sampler.Holds(
        () =>
        {
            using SampledWorld world = new();
            GuestDevice owner = world.DriverOf(world.AddGuest());
            Guest guest = world.AddGuest();
            GuestDomain domain = GuestDomain.Attach(guest.Port);
            using CancellationTokenSource cancel = new();
            Generation held = owner.Grab().Generation;
            Threads.Run(
                () => GrabUntil(domain.GetDevice(First), cancel.Token),
                () => Claim.That(domain.GetDevice(Second).WaitForUpcall(0, Timeout.InfiniteTimeSpan), "its time was over"),
                cancel.Cancel,
                () => guest.Upcalls.Raise(Second, DeviceEvents.Interrupt));
            owner.Release(held);
            Claim.Equal(world.Device.State.State, DeviceState.Free);
        },
        500);

    [Test]
    public void WhoLooksAtTheTaskOfAGrabBetweenSleepsIsTold() => Sampler.Holds(() => LookBetweenSleeps(ReadsMarkFirst), 1_000);

    [Test]
    public void WhoReadsTheMarkAfterItsLookSleepsForEver() => Sampler.Finds(() => LookBetweenSleeps(LooksFirst), 2_000);

    /// <summary>A thread looks at the task of its grab and sleeps for upcalls between; no other comes than the one of the grant.</summary>
    private static void LookBetweenSleeps(Func<GuestDevice, ValueTask<Grant>, (uint Mark, bool HasEnded)> look)
    {
        using SampledWorld world = new();
        GuestDevice owner = world.DriverOf(world.AddGuest());
        GuestDevice device = world.DriverOf(world.AddGuest());
        Generation held = owner.Grab().Generation;
        Threads.Run(
            () =>
            {
                ValueTask<Grant> grab = device.GrabAsync();
                while (look(device, grab) is { HasEnded: false } seen)
                    Claim.That(device.WaitForUpcall(seen.Mark, Timeout.InfiniteTimeSpan), "its time was over");
                device.Hold(grab.GetAwaiter().GetResult()).Dispose();
            },
            () => owner.Release(held));
        Claim.Equal(world.Device.State.State, DeviceState.Free);
    }

    private static (uint Mark, bool HasEnded) ReadsMarkFirst(GuestDevice device, ValueTask<Grant> grab)
    {
        uint mark = device.UpcallMark;
        return (mark, grab.IsCompleted);
    }

    private static (uint Mark, bool HasEnded) LooksFirst(GuestDevice device, ValueTask<Grant> grab)
    {
        bool hasEnded = grab.IsCompleted;
        return (device.UpcallMark, hasEnded);
    }

    private static void GrabUntil(GuestDevice device, CancellationToken token)
    {
        try
        {
            device.Grab(token).Dispose();
        }
        catch (OperationCanceledException)
        {
            // In time.
        }
    }

    /// <summary>A thread has the watch and leaves by an upcall, while a stop interrupts: who waits beside, without a thread at the watch, must hear of the stop.</summary>
    private static void StopWhileOneLeaves(Func<GuestDomain, IInterruptingPort, IWatch> make)
    {
        using SampledWorld world = new();
        Guest guest = world.AddGuest();
        IInterruptingPort port = (IInterruptingPort)guest.Port;
        GuestDomain domain = GuestDomain.Attach(port);
        DeviceSignal first = domain.GetDevice(First).Signal;
        DeviceSignal second = domain.GetDevice(Second).Signal;
        domain.Upcalls.Close(); // Another is under test, and beside this one anybody may sleep.
        IWatch watch = make(domain, port);
        watch.Attend();
        Threads.Run(
            () => watch.Block(new SignalWait(first, 0)),
            () =>
            {
                while (second.Sequence == 0)
                    second.SleepBeside(0, domain.Upcalls, WaitLimit.None);
            },
            () =>
            {
                guest.Upcalls.Raise(First, DeviceEvents.Interrupt);
                guest.Upcalls.Close();
            });
    }
}
