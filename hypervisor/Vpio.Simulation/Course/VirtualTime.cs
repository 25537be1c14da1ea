namespace Vpio.Simulation.Course;

/// <summary>Is a clock that stands still while anything happens, and jumps to whatever is due next.</summary>
/// <remarks>
/// One thread. What is due at the same time happens in the order in which it was set, so a run depends on nothing but what it was
/// started with. The hypervisor takes it as its time provider, and its timers ring in between the other happenings.
/// </remarks>
internal sealed class VirtualTime : TimeProvider
{
    /// <summary>How late a timer of the hypervisor may ring: it counts in steps of 100 ns, and rounds up.</summary>
    public const long TimerStepNs = 100;

    private readonly PriorityQueue<(IActor Actor, int Cue), Place> _due = new();
    private long _order;

    /// <summary>Gets the nanoseconds since the beginning.</summary>
    public long NowNs { get; private set; }

    /// <inheritdoc/>
    public override long TimestampFrequency => 1_000_000_000;

    /// <inheritdoc/>
    public override long GetTimestamp() => NowNs;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddTicks(NowNs / TimerStepNs);

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        VirtualTimer timer = new(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Has something happen at a time.</summary>
    /// <param name="atNs">When; a time that is over counts as now.</param>
    /// <param name="actor">Who acts.</param>
    /// <param name="cue">What it does.</param>
    public void Set(long atNs, IActor actor, int cue) => _due.Enqueue((actor, cue), new Place(Math.Max(atNs, NowNs), _order++));

    /// <summary>Takes the next happening and moves the clock to it.</summary>
    /// <param name="endNs">The end: what is due after it stays.</param>
    /// <param name="actor">Who acts.</param>
    /// <param name="cue">What it does.</param>
    /// <returns><see langword="false"/> when nothing is due until the end, to which the clock was moved then.</returns>
    public bool TryNext(long endNs, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out IActor? actor, out int cue)
    {
        actor = null;
        cue = 0;
        if (!_due.TryPeek(out (IActor Actor, int Cue) next, out Place place) || place.AtNs > endNs)
        {
            NowNs = endNs;
            return false;
        }

        _due.Dequeue();
        NowNs = place.AtNs;
        (actor, cue) = next;
        return true;
    }

    private readonly record struct Place(long AtNs, long Order) : IComparable<Place>
    {
        public int CompareTo(Place other) => AtNs != other.AtNs ? AtNs.CompareTo(other.AtNs) : Order.CompareTo(other.Order);
    }
}
