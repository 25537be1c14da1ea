using Vpio.Hypervisor.Scheduling;

namespace Vpio.Coyote.Tests.Twins;

/// <summary>Is an alarm with a planted bug: it does not look again after it set its timer, so of two threads the later wins.</summary>
internal sealed class AlarmThatSetsItsTimerOnce(Clock clock, Action callback) : IAlarm
{
    private readonly ITimer _timer = clock.Time.CreateTimer(_ => callback(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    private long _dueNs = long.MaxValue;

    public void Set(long dueNs)
    {
        for (long seen = Volatile.Read(ref _dueNs); dueNs < seen; seen = Volatile.Read(ref _dueNs))
        {
            if (Interlocked.CompareExchange(ref _dueNs, dueNs, seen) != seen)
                continue;
            _timer.Change(TimeSpan.FromTicks((dueNs - clock.NowNs) / TimeSpan.NanosecondsPerTick), Timeout.InfiniteTimeSpan);
            return;
        }
    }

    public void Dispose() => _timer.Dispose();
}
