using Vpio.Simulation.Course;

namespace Vpio.Simulation.Load;

/// <summary>Is a load that was recorded, or made up: each job with its time, its guest and its service.</summary>
internal sealed class TraceLoad : ILoadModel
{
    private readonly Dictionary<int, List<Job>> _jobs = [];

    /// <summary>Takes the jobs over.</summary>
    /// <param name="entries">The jobs, each guest's in order of time.</param>
    public TraceLoad(IEnumerable<(int Guest, Job Job)> entries)
    {
        foreach ((int guest, Job job) in entries)
        {
            if (!_jobs.TryGetValue(guest, out List<Job>? jobs))
                _jobs[guest] = jobs = [];
            jobs.Add(job);
            Guests = Math.Max(Guests, guest);
            LastNs = Math.Max(LastNs, job.AtNs);
        }
    }

    /// <summary>Gets the highest guest that has a job.</summary>
    public int Guests { get; }

    /// <summary>Gets when the last job comes, nanoseconds from the beginning.</summary>
    public long LastNs { get; }

    /// <inheritdoc/>
    public ILoadSource For(int guest, Chance chance) => new Source(_jobs.GetValueOrDefault(guest, []));

    private sealed class Source(List<Job> jobs) : ILoadSource
    {
        private int _next;

        public bool TryNext(long afterNs, out Job job)
        {
            bool any = _next < jobs.Count;
            job = any ? jobs[_next++] : default;
            return any;
        }
    }
}
