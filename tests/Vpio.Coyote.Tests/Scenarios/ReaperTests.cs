using Vpio.Coyote.Tests.Control;
using Vpio.Hypervisor.Scheduling;

namespace Vpio.Coyote.Tests.Scenarios;

/// <summary>Samples the reaper: what it was given is done once, each thread's in its order, also when it ends meanwhile.</summary>
[TestFixture]
internal sealed class ReaperTests
{
    [Test]
    public void WhatTheReaperWasGivenIsDoneInTurnAlsoWhileItEnds() => Sampler.Holds(
        () =>
        {
            ReaperThread reaper = new();
            int[] done = new int[2];
            Threads.Run(
                () => Give(reaper, ref done[0]),
                () => Give(reaper, ref done[1]),
                reaper.Dispose);
            Claim.Equal(done[0], 2);
            Claim.Equal(done[1], 2);
        },
        2_000);

    private static void Give(ReaperThread reaper, ref int done)
    {
        int[] turns = [0];
        reaper.Reap(() => Claim.Equal(turns[0]++, 0));
        reaper.Reap(() => Claim.Equal(turns[0]++, 1));
        SpinUntil(() => Volatile.Read(ref turns[0]) == 2);
        done = turns[0];
    }

    private static void SpinUntil(Func<bool> over)
    {
        while (!over())
            Thread.Yield();
    }
}
