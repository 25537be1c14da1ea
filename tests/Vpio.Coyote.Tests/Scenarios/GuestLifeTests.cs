using Vpio.Coyote.Tests.Control;
using Vpio.Coyote.Tests.Twins;
using Vpio.Hypervisor.Guests;

namespace Vpio.Coyote.Tests.Scenarios;

/// <summary>Samples the order of stops, resumes and removals of one guest (docs/ownership.md, "Forced stop").</summary>
[TestFixture]
internal sealed class GuestLifeTests
{
    [Test]
    public void AStopAndAResumeAreEachWhole() => Sampler.Holds(() => StopAndResume(new ShippingLife()), 1_000);

    [Test]
    public void AResumeThatOverlapsAStopLeavesAGuestThatRunsAndIsMarked() => Sampler.Finds(() => StopAndResume(new LifeWhoseEndsOverlap()), 1_000);

    [Test]
    public void NothingOfAStopComesAfterTheRemovalThatOvertookIt() => Sampler.Holds(() => StopAndRemove(new ShippingLife()), 1_000);

    [Test]
    public void ARemovalThatAwaitsNoOtherStopGivesTheIdAwayTooEarly() => Sampler.Finds(() => StopAndRemove(new LifeWhoseEndsOverlap()), 1_000);

    private static void StopAndResume(ILife life)
    {
        int marked = 0;
        Threads.Run(
            () => Stop(life, GuestState.Stopped, () => Interlocked.Exchange(ref marked, 1)),
            () =>
            {
                if (!life.TryBeginResume())
                    return;
                Interlocked.Exchange(ref marked, 0);
                life.EndResume();
            },
            () => Stop(life, GuestState.Stopped, () => Interlocked.Exchange(ref marked, 1)));
        Claim.Equal(Volatile.Read(ref marked) == 1, life.State == GuestState.Stopped);
    }

    private static void StopAndRemove(ILife life)
    {
        int idIsFree = 0;
        void TakeFromTheId() => Claim.That(Volatile.Read(ref idIsFree) == 0, "a stop took something from the next guest with the id");
        Threads.Run(
            () => Stop(life, GuestState.Stopped, TakeFromTheId),
            () =>
            {
                Stop(life, GuestState.Removed, TakeFromTheId);
                Interlocked.Exchange(ref idIsFree, 1);
            });
    }

    private static void Stop(ILife life, GuestState final, Action steps)
    {
        if (life.TryBeginStop(final))
        {
            steps();
            life.EndStop();
        }

        life.AwaitStops();
    }
}
