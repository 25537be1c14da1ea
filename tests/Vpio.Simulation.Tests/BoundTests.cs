using Vpio.Hypervisor.Scheduling;
using Vpio.Simulation.Checking;
using Vpio.Simulation.Measuring;

namespace Vpio.Simulation.Tests;

/// <summary>The bound on waiting is what it says, holds, and is no wider than it must be.</summary>
internal sealed class BoundTests
{
    [Test]
    public void TheBoundCountsEachOtherGuestOnceWithItsSliceAndItsGrace() =>
        Assert.That(
            WaitBound.Of(others: 3, otherWeights: 1 + 2 + 4, sliceNs: 10_000_000, graceNs: 5_000_000),
            Is.EqualTo((7 * 10_000_000) + (3 * (5_000_000 + (2 * WaitBound.TimerLateNs)))));

    [TestCase(2)]
    [TestCase(8)]
    [TestCase(64)]
    public void AmongHogsAGuestWaitsNearlyAsLongAsTheBoundAllowsAndNoLonger(int guests)
    {
        // Graces as long as can be against slices, so that what debt takes off the slices counts little: the first round has none.
        SimulationOptions options = new()
        {
            Guests = guests,
            Hogs = guests - 1,
            Policy = OverrunPolicy.Detach,
            Weights = [1, 2, 4],
            Slice = TimeSpan.FromMilliseconds(1),
            Grace = TimeSpan.FromMilliseconds(10),
            Duration = TimeSpan.FromSeconds(5),
        };
        using SimulationRun run = new(options);
        Assert.That(run.Run(), Is.Null);
        Assert.That(run.Waits.Values.Max(waits => waits.ClosestToBound), Is.InRange(0.9, 1.0));
    }

    [Test]
    public void WhoOverrunsPaysForItAndWhoDoesNotGetsItsWeight()
    {
        // One guest reacts to being asked at the end of its grace only; over time each still gets what its weight says.
        SimulationOptions options = new()
        {
            Guests = 6,
            Weights = [1, 2, 4],
            Reaction = TimeSpan.FromMilliseconds(2),
            Duration = TimeSpan.FromSeconds(60),
        };
        using SimulationRun run = new(options);
        Assert.That(run.Run(), Is.Null);
        double[] shares = [.. Enumerable.Range(1, options.Guests).Select(guest => (double)run.OwnedNs(guest) / options.WeightOf(guest))];
        Assert.That(shares.Max() / shares.Min(), Is.LessThan(1.02));
    }

    [Test]
    public void PercentilesNeverExceedTheLongestWait()
    {
        WaitMeter meter = new();
        meter.Add(waitedNs: 1_000_001, boundNs: 2_000_000);
        meter.Add(waitedNs: 10, boundNs: 4_000_000);
        Assert.That(meter.Percentile(1), Is.EqualTo(meter.LongestNs).And.EqualTo(1_000_001));
        Assert.That((meter.Count, meter.BoundNs, meter.ClosestToBound), Is.EqualTo((2UL, 4_000_000L, 0.5000005)));
    }
}
