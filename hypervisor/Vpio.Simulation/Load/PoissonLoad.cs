using Vpio.Simulation.Course;

namespace Vpio.Simulation.Load;

/// <summary>Is a load whose jobs come independently of each other, as a Poisson process, with exponentially distributed service.</summary>
/// <param name="meanGapNs">The mean time from one job of a guest to its next, nanoseconds.</param>
/// <param name="meanServiceNs">The mean service of a job, nanoseconds.</param>
internal sealed class PoissonLoad(long meanGapNs, long meanServiceNs) : ILoadModel
{
    /// <inheritdoc/>
    public ILoadSource For(int guest, Chance chance) => new Source(chance, meanGapNs, meanServiceNs);

    private sealed class Source(Chance chance, long meanGapNs, long meanServiceNs) : ILoadSource
    {
        public bool TryNext(long afterNs, out Job job)
        {
            job = new Job(afterNs + chance.Exponential(meanGapNs), 1 + chance.Exponential(meanServiceNs));
            return true;
        }
    }
}
