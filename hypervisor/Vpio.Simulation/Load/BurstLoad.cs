using Vpio.Simulation.Course;

namespace Vpio.Simulation.Load;

/// <summary>Is a load that comes in bursts: for a while jobs come ten times as often as on average, then for nine times as long none do.</summary>
/// <param name="meanGapNs">The mean time from one job of a guest to its next over all, nanoseconds.</param>
/// <param name="meanServiceNs">The mean service of a job, nanoseconds.</param>
internal sealed class BurstLoad(long meanGapNs, long meanServiceNs) : ILoadModel
{
    /// <summary>How much more often jobs come in a burst than on average.</summary>
    public const int Peak = 10;

    /// <summary>How many jobs a burst has on average.</summary>
    public const int JobsInBurst = 20;

    /// <inheritdoc/>
    public ILoadSource For(int guest, Chance chance) => new Source(chance, meanGapNs, meanServiceNs);

    private sealed class Source(Chance chance, long meanGapNs, long meanServiceNs) : ILoadSource
    {
        private long _burstEndNs;

        public bool TryNext(long afterNs, out Job job)
        {
            long burstNs = meanGapNs / Peak * JobsInBurst;
            long atNs = afterNs + chance.Exponential(meanGapNs / Peak);
            while (atNs > _burstEndNs)
            {
                long beginNs = _burstEndNs + chance.Exponential(burstNs * (Peak - 1));
                _burstEndNs = beginNs + chance.Exponential(burstNs);
                atNs = beginNs + chance.Exponential(meanGapNs / Peak);
            }

            job = new Job(atNs, 1 + chance.Exponential(meanServiceNs));
            return true;
        }
    }
}
