using Vpio.Hypervisor.Tracing;

namespace Vpio.Simulation.Measuring;

/// <summary>Measures how long guests waited, and how near that came to what the bound allows.</summary>
internal sealed class WaitMeter
{
    private readonly LatencyHistogram _waits = new();

    /// <summary>Gets how many waits ended with a grant.</summary>
    public ulong Count => _waits.Count;

    /// <summary>Gets the longest wait, nanoseconds.</summary>
    public long LongestNs { get; private set; }

    /// <summary>Gets the largest bound that held for a wait, nanoseconds.</summary>
    public long BoundNs { get; private set; }

    /// <summary>Gets the largest share of its own bound that a wait took.</summary>
    public double ClosestToBound { get; private set; }

    /// <summary>Adds a wait.</summary>
    /// <param name="waitedNs">How long it was, nanoseconds.</param>
    /// <param name="boundNs">How long it could have been, nanoseconds.</param>
    public void Add(long waitedNs, long boundNs)
    {
        _waits.Add(waitedNs);
        LongestNs = Math.Max(LongestNs, waitedNs);
        BoundNs = Math.Max(BoundNs, boundNs);
        if (boundNs > 0)
            ClosestToBound = Math.Max(ClosestToBound, (double)waitedNs / boundNs);
    }

    /// <summary>Finds the wait that a share of all waits does not exceed, right to 6 %.</summary>
    /// <param name="share">The share, 0 to 1.</param>
    /// <returns>Nanoseconds; 0 when nobody waited.</returns>
    public long Percentile(double share) => Math.Min(_waits.Percentile(share), LongestNs);
}
