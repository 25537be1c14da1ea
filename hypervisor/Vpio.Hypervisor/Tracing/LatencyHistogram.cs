using System.Numerics;

namespace Vpio.Hypervisor.Tracing;

/// <summary>Counts durations in buckets that are 1/16 wide of their size, so that percentiles are right to 6 % and nothing is ever stored.</summary>
/// <remarks>Threads: any; a percentile read meanwhile is of some moment in between.</remarks>
internal sealed class LatencyHistogram
{
    private const int SubBits = 4;
    private const int SubBuckets = 1 << SubBits;

    private readonly ulong[] _buckets = new ulong[(64 - SubBits + 1) * SubBuckets];
    private ulong _count;

    /// <summary>Gets how many durations were counted.</summary>
    public ulong Count => Volatile.Read(ref _count);

    /// <summary>Counts a duration.</summary>
    /// <param name="nanoseconds">The duration; a negative one counts as 0.</param>
    public void Add(long nanoseconds)
    {
        Interlocked.Increment(ref _buckets[BucketOf((ulong)Math.Max(0, nanoseconds))]);
        Interlocked.Increment(ref _count);
    }

    /// <summary>Finds the duration that a share of all durations does not exceed.</summary>
    /// <param name="share">The share, 0 to 1.</param>
    /// <returns>The upper end of its bucket, nanoseconds; 0 when nothing was counted.</returns>
    public long Percentile(double share)
    {
        ulong wanted = Math.Max(1, (ulong)Math.Ceiling(Count * share));
        ulong seen = 0;
        for (int i = 0; i < _buckets.Length; i++)
        {
            seen += Volatile.Read(ref _buckets[i]);
            if (seen >= wanted)
                return UpperEndOf(i);
        }

        return 0;
    }

    private static int BucketOf(ulong value)
    {
        if (value < SubBuckets)
            return (int)value;
        int shift = 63 - BitOperations.LeadingZeroCount(value) - SubBits;
        return ((shift + 1) * SubBuckets) + (int)((value >> shift) - SubBuckets);
    }

    private static long UpperEndOf(int bucket)
    {
        if (bucket < SubBuckets)
            return bucket;
        int shift = (bucket / SubBuckets) - 1;
        return (long)(((ulong)(bucket % SubBuckets) + SubBuckets + 1) << shift) - 1;
    }
}
