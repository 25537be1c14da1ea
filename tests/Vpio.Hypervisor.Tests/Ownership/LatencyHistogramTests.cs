using Vpio.Hypervisor.Tracing;

namespace Vpio.Hypervisor.Tests.Ownership;

/// <summary>Holds the histogram against exact percentiles: never below, at most 1/16 above.</summary>
[TestFixture]
internal sealed class LatencyHistogramTests
{
    private static readonly double[] Shares = [0, 0.001, 0.1, 0.5, 0.9, 0.99, 0.999, 1];

    [Test]
    public void APercentileIsRightToASixteenth([Values(10, 1_000, 1_000_000, 1L << 40, 1L << 62)] long longest)
    {
        Random random = new((int)longest);
        LatencyHistogram histogram = new();
        long[] durations = [.. Enumerable.Range(0, 3_000).Select(_ => (long)(longest * Math.Pow(random.NextDouble(), 3) * 0.999))];
        foreach (long duration in durations)
            histogram.Add(duration);
        Array.Sort(durations);
        foreach (double share in Shares)
        {
            long exact = durations[Math.Max(0, (int)Math.Ceiling(durations.Length * share) - 1)];
            Assert.That(histogram.Percentile(share), Is.InRange(exact, exact + (exact / 16)), $"share {share}");
        }

        Assert.That(histogram.Count, Is.EqualTo(durations.Length));
    }

    [Test]
    public void EveryPowerOfTwoAndItsNeighboursHaveABucketOfTheirSize()
    {
        for (int power = 0; power < 63; power++)
        {
            foreach (long duration in new[] { (1L << power) - 1, 1L << power, (1L << power) + 1 })
            {
                LatencyHistogram histogram = new();
                histogram.Add(duration);
                Assert.That(histogram.Percentile(0.5), Is.InRange(duration, duration + (duration / 16)));
            }
        }
    }

    [Test]
    public void TheLongestDurationFits()
    {
        LatencyHistogram histogram = new();
        histogram.Add(long.MaxValue);
        Assert.That(histogram.Percentile(1), Is.EqualTo(long.MaxValue));
    }

    [Test]
    public void NothingCountedIsZeroAndANegativeDurationCountsAsZero()
    {
        LatencyHistogram histogram = new();
        Assert.That(histogram.Percentile(0.99), Is.Zero);
        histogram.Add(-1);
        histogram.Add(long.MinValue);
        Assert.That(histogram.Percentile(1), Is.Zero);
        Assert.That(histogram.Count, Is.EqualTo(2));
    }

    [Test]
    public void ThreadsThatCountAtOnceLoseNothing()
    {
        LatencyHistogram histogram = new();
        Parallel.For(0, 4, _ =>
        {
            for (int i = 0; i < 10_000; i++)
                histogram.Add(i);
        });
        Assert.That(histogram.Count, Is.EqualTo(40_000));
        Assert.That(histogram.Percentile(0.5), Is.InRange(4_999, 4_999 + (4_999 / 16)));
    }
}
