namespace Vpio.Hypervisor.Scheduling;

/// <summary>Calls back by a timer of the time provider: for virtual time, where a step of the clock runs what became due.</summary>
internal sealed class ProviderAlarm : IAlarm
{
    private readonly Clock _clock;
    private readonly ITimer _timer;

    /// <summary>Makes an alarm that is not set.</summary>
    /// <param name="clock">The clock of its times.</param>
    /// <param name="callback">What to call.</param>
    public ProviderAlarm(Clock clock, Action callback)
    {
        _clock = clock;
        _timer = clock.Time.CreateTimer(static state => ((Action)state!)(), callback, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <inheritdoc/>
    public void Set(long dueNs)
    {
        // Rounded up: a timer that runs a fraction early finds nothing due.
        long ns = Math.Max(0, dueNs - _clock.NowNs);
        _timer.Change(new TimeSpan((ns + TimeSpan.NanosecondsPerTick - 1) / TimeSpan.NanosecondsPerTick), Timeout.InfiniteTimeSpan);
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();
}
