using Vpio.Abi;
using Vpio.Coyote.Tests.Control;
using Vpio.GuestDriver;
using Vpio.Hypervisor.Guests;

namespace Vpio.Coyote.Tests.Scenarios;

/// <summary>Samples stops and removals against the calls that are under way and against one another: when one returns, it is done (docs/ownership.md, "Forced stop", "Draining").</summary>
[TestFixture]
internal sealed class ForcedStopTests
{
    [Test]
    public void AStopReturnsWhenNoCallOfTheGuestIsUnderWay() => Sampler.Holds(
        () =>
        {
            using SampledWorld world = new();
            Guest guest = world.AddGuest();
            int[] hand = [0];
            Threads.Run(
                () => Call(guest, () => !guest.IsStopped, hand),
                () =>
                {
                    guest.Stop();
                    Claim.That(Volatile.Read(ref hand[0]) == 0, "a call is under way that began before the stop");
                });
        },
        200);

    [Test]
    public void ADeviceIsRemovedWhenNoCallHasItInHand() => Sampler.Holds(
        () =>
        {
            using SampledWorld world = new();
            Guest guest = world.AddGuest();
            int[] hand = [0];
            Threads.Run(
                () => Call(guest, () => guest.AssignmentOf(world.Device.Index) is not null, hand),
                () =>
                {
                    world.RemoveDevice();
                    Claim.That(Volatile.Read(ref hand[0]) == 0, "a call has the removed device in hand");
                });
        },
        200);

    [Test]
    public void OfTwoStopsEachReturnsWhenBothAreDone() => Sampler.Holds(
        () =>
        {
            using SampledWorld world = new();
            Guest guest = world.AddGuest();
            world.DriverOf(guest).Grab();
            void Stop()
            {
                guest.Stop();
                Claim.That(guest.IsStopped, "a stop returned before the guest was marked");
                Claim.Equal(world.Device.State.State, DeviceState.Free);
                Claim.That(world.IsSuspended(guest), "a stop returned before the guest's context was put away");
            }

            Threads.Run(Stop, Stop);
        },
        200);

    [Test]
    public void AGraceThatEndsAStopAndAResumeAtOnceLeaveTheGuestEither() => Sampler.Holds(
        () =>
        {
            using SampledWorld world = new();
            Guest hog = world.AddGuest();
            GuestDevice waiter = world.DriverOf(world.AddGuest());
            world.DriverOf(hog).Grab();
            Threads.Run(
                () => waiter.Grab().Dispose(),
                () =>
                {
                    world.Time.Advance(TimeSpan.FromMilliseconds(10));
                    world.Time.Advance(TimeSpan.FromMilliseconds(5));
                },
                hog.Stop,
                () => TryResume(hog));
            bool runs = hog.State == GuestState.Running;
            Claim.Equal(hog.IsStopped, !runs);
            Claim.Equal(new Joiner(hog).Call(DeviceOp.Cancel), runs ? DeviceStatus.NotFound : DeviceStatus.Denied);
        },
        200);

    /// <summary>Makes a call as the door does, which has something in hand that it looked for before.</summary>
    private static void Call(Guest guest, Func<bool> look, int[] hand)
    {
        int counter = guest.Calls.Enter();
        if (look())
        {
            // For as many steps as a stop of an idle guest has, so that it often falls into them.
            for (int step = 1; step <= 200; step++)
                Volatile.Write(ref hand[0], step);
            Volatile.Write(ref hand[0], 0);
        }

        guest.Calls.Leave(counter);
    }

    private static void TryResume(Guest guest)
    {
        try
        {
            guest.Resume();
        }
        catch (InvalidOperationException)
        {
            // It runs.
        }
    }
}
