using Vpio.Coyote.Tests.Control;
using Vpio.Hypervisor.Scheduling;

namespace Vpio.Coyote.Tests.Scenarios;

/// <summary>Samples the reaper: what it was given is done once, also when it ends meanwhile.</summary>
[TestFixture]
internal sealed class ReaperTests
{
    [Test]
    public void WhatTheReaperWasGivenIsDoneOnceAlsoWhileItEnds() => Sampler.Holds(
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
        500);

    private static void Give(ReaperThread reaper, ref int done)
    {
        int[] turns = [0];
        reaper.Reap(() => Interlocked.Increment(ref turns[0]));
        reaper.Reap(() => Interlocked.Increment(ref turns[0]));
        while (Volatile.Read(ref turns[0]) < 2)
            Thread.Yield();
        done = turns[0];
    }
}
