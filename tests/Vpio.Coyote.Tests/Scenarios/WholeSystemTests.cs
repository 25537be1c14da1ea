using Vpio.Abi;
using Vpio.Coyote.Tests.Control;
using Vpio.GuestDriver;
using Vpio.Hypervisor.Guests;

namespace Vpio.Coyote.Tests.Scenarios;

/// <summary>Samples hypervisor and guest driver together: calls, upcalls, slices, stops and the driver's waits, from grab to release.</summary>
[TestFixture]
internal sealed class WholeSystemTests
{
    [Test]
    public void DriversThatWaitForOneAnotherAllGetTheDevice() => Sampler.Holds(
        () =>
        {
            using SampledWorld world = new();
            GuestDevice a = world.DriverOf(world.AddGuest());
            GuestDevice b = world.DriverOf(world.AddGuest());
            int holders = 0;
            void Use(GuestDevice device)
            {
                for (int turn = 0; turn < 2; turn++)
                {
                    using DeviceLease lease = device.Grab();
                    Claim.Equal(Interlocked.Increment(ref holders), 1);
                    Interlocked.Decrement(ref holders);
                }
            }

            Threads.Run(() => Use(a), () => Use(b));
            Claim.Equal(world.Device.State.State, DeviceState.Free);
        },
        200);

    [Test]
    public void ACancelledGrabLeavesNothingHeldAndNothingQueued() => Sampler.Holds(
        () =>
        {
            using SampledWorld world = new();
            GuestDevice a = world.DriverOf(world.AddGuest());
            GuestDevice b = world.DriverOf(world.AddGuest());
            using CancellationTokenSource cancel = new();
            DeviceLease held = a.Grab();
            Generation generation = held.Generation;
            Threads.Run(
                () => a.Release(generation),
                cancel.Cancel,
                () => GrabAndRelease(b, cancel.Token));
            Claim.Equal(world.Device.State.State, DeviceState.Free);
            Claim.That(!world.Device.Ownership.Waiting.Any(), "somebody still waits");
        },
        200);

    [Test]
    public void AWaiterIsServedWhateverBecomesOfTheOwnerAndItsSlice() => Sampler.Holds(
        () =>
        {
            using SampledWorld world = new();
            Guest owner = world.AddGuest();
            Guest waiter = world.AddGuest();
            GuestDevice a = world.DriverOf(owner);
            GuestDevice b = world.DriverOf(waiter);
            Generation generation = a.Grab().Generation;
            Threads.Run(
                () => b.Grab().Dispose(),
                () => a.Release(generation),
                owner.Stop,
                () => world.Time.Advance(TimeSpan.FromMilliseconds(10)),
                () => world.Time.Advance(TimeSpan.FromMilliseconds(5)));
            Claim.Equal(world.Device.State.State, DeviceState.Free);
            Claim.Equal(owner.State, GuestState.Stopped);
            Claim.Equal(waiter.State, GuestState.Running);
        },
        200);

    [Test]
    public void ASliceBeginsForWhoJoinsWhileTheLastOneIsForgotten() => Sampler.Holds(
        () =>
        {
            using SampledWorld world = new();
            GuestDevice a = world.DriverOf(world.AddGuest());
            Guest second = world.AddGuest();
            Guest third = world.AddGuest();
            a.Grab();
            Joiner left = new(second);
            left.Queue();
            left.Cancel();
            Threads.Run(
                () => world.Time.Advance(TimeSpan.FromMilliseconds(10)),
                new Joiner(third).Queue);
            world.Time.Advance(TimeSpan.FromMilliseconds(10));

            // Revoked by the slice that began at 10 ms; or, when the joiner came before, by the first one and stopped since.
            StateWord word = world.Device.State;
            Claim.That(word.State == DeviceState.Revoking || word.Owner == third.Id, "somebody waits, and no slice runs");
        },
        200);

    [Test]
    public void AGuestStoppedResumedAndRemovedAtOnceEndsWhole() => Sampler.Holds(
        () =>
        {
            using SampledWorld world = new();
            Guest guest = world.AddGuest();
            GuestDevice other = world.DriverOf(world.AddGuest());
            Joiner joiner = new(guest);
            Threads.Run(
                guest.Stop,
                () => TryResume(guest),
                joiner.Queue,
                () => world.Remove(guest));
            Claim.Equal(guest.State, GuestState.Removed);
            Claim.Equal(joiner.Call(DeviceOp.Cancel), DeviceStatus.Denied);
            other.Grab().Dispose();
        },
        200);

    private static void GrabAndRelease(GuestDevice device, CancellationToken token)
    {
        try
        {
            device.Grab(token).Dispose();
        }
        catch (OperationCanceledException)
        {
            // It came first.
        }
    }

    private static void TryResume(Guest guest)
    {
        try
        {
            guest.Resume();
        }
        catch (InvalidOperationException)
        {
            // It was not stopped yet, or is gone.
        }
    }
}
