namespace Vpio.Hypervisor.Scheduling;

/// <summary>Calls back by a timer of the time provider: for virtual time, where a step of the clock runs what became due.</summary>
internal sealed class ProviderAlarm : IAlarm
{
    private const long NothingSet = long.MaxValue;

    // No timer waits longer than 49 days. One that rings before its time finds nothing due and is set again.
    private const long LongestWaitNs = 24L * 3600 * 1_000_000_000;

    private readonly Clock _clock;
    private readonly Action _callback;
    private readonly ITimer _timer;
    private long _dueNs = NothingSet;

    /// <summary>Makes an alarm that is not set.</summary>
    /// <param name="clock">The clock of its times.</param>
    /// <param name="callback">What to call.</param>
    public ProviderAlarm(Clock clock, Action callback)
    {
        _clock = clock;
        _callback = callback;
        _timer = clock.Time.CreateTimer(static state => ((ProviderAlarm)state!).Ring(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <inheritdoc/>
    public void Set(long dueNs)
    {
        long seen;
        do
        {
            seen = Volatile.Read(ref _dueNs);
            if (dueNs >= seen)
                return;
        }
        while (Interlocked.CompareExchange(ref _dueNs, dueNs, seen) != seen);
        SetTimer();
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    /// <summary>Sets the timer to the time that is due, and again when an earlier one came meanwhile: of two threads the later must not win.</summary>
    private void SetTimer()
    {
        long dueNs;
        do
        {
            dueNs = Volatile.Read(ref _dueNs);

            // When it rang meanwhile, nothing is set: who answers the ring sets it to what comes next, and a timer set for the longest wait does no harm.
            // Rounded up: a timer that runs a fraction early finds nothing due.
            long ns = Math.Clamp(dueNs - _clock.NowNs, 0, LongestWaitNs);
            _timer.Change(new TimeSpan((ns + TimeSpan.NanosecondsPerTick - 1) / TimeSpan.NanosecondsPerTick), Timeout.InfiniteTimeSpan);
        }
        while (Volatile.Read(ref _dueNs) < dueNs);
    }

    private void Ring()
    {
        // ORDER full: that nothing is set is seen before the callback looks at what is due. Pairs with Interlocked.CompareExchange in ProviderAlarm.Set.
        Interlocked.Exchange(ref _dueNs, NothingSet);
        _callback();
    }
}
