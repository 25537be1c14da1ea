using Vpio.Simulation.Course;

namespace Vpio.Simulation.Load;

/// <summary>Is the load of guests that want the device all the time: one job that never ends.</summary>
internal sealed class ClosedLoad : ILoadModel
{
    private const long LatestStartNs = 1_000_000;

    /// <inheritdoc/>
    public ILoadSource For(int guest, Chance chance) => new Source(chance.Below(LatestStartNs));

    private sealed class Source(long startNs) : ILoadSource
    {
        private bool _given;

        public bool TryNext(long afterNs, out Job job)
        {
            job = new Job(Math.Max(afterNs, startNs), Job.Endless);
            bool first = !_given;
            _given = true;
            return first;
        }
    }
}
