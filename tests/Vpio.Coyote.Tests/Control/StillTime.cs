namespace Vpio.Coyote.Tests.Control;

/// <summary>Is a clock that stands still until a thread of the scenario moves it, which also runs the timers that are due.</summary>
internal sealed class StillTime : TimeProvider
{
    private readonly object _gate = new();
    private readonly List<Timer> _timers = [];
    private long _nowNs;

    public override long TimestampFrequency => 1_000_000_000;

    public override long GetTimestamp() => Volatile.Read(ref _nowNs);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Timer timer = new(this, () => callback(state));
        timer.Change(dueTime, period);
        lock (_gate)
            _timers.Add(timer);
        return timer;
    }

    /// <summary>Moves the clock and rings what is due, on the calling thread.</summary>
    public void Advance(TimeSpan span)
    {
        Interlocked.Add(ref _nowNs, span.Ticks * TimeSpan.NanosecondsPerTick);
        Timer[] timers;
        lock (_gate)
            timers = [.. _timers];
        foreach (Timer timer in timers)
            timer.RingWhileDue();
    }

    private sealed class Timer(StillTime time, Action ring) : ITimer
    {
        private const long NotSet = long.MaxValue;
        private readonly object _gate = new();
        private long _dueNs = NotSet;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (_gate)
                _dueNs = dueTime < TimeSpan.Zero ? NotSet : time.GetTimestamp() + (dueTime.Ticks * TimeSpan.NanosecondsPerTick);
            return true;
        }

        public void RingWhileDue()
        {
            while (TryTake())
                ring();
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }

        private bool TryTake()
        {
            lock (_gate)
            {
                if (_dueNs > time.GetTimestamp())
                    return false;
                _dueNs = NotSet;
                return true;
            }
        }
    }
}
