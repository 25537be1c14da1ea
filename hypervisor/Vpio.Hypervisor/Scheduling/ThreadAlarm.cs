namespace Vpio.Hypervisor.Scheduling;

/// <summary>Calls back from a thread of its own, in real time, late by less than the timers of the thread pool are.</summary>
/// <remarks>
/// Timers and <c>Task.Delay</c> are milliseconds late, which no 1 ms slice can bear. This thread sleeps until the very time, in one sleep or two, for each wake-up takes the processor
/// from a guest. It uses none while nothing is set, and when it wakes it does not wait for a guest that computes.
/// </remarks>
internal sealed class ThreadAlarm : IAlarm
{
    private const long NothingSet = long.MaxValue;

    // An idle processor wakes the later the longer it slept: by 20 µs after 100, by 70 after 10 ms, as measured. One that works does not. So where a long sleep ended
    // late, the next is followed by a short one.
    private const long LongSleepNs = 200_000;
    private const long LastSleepNs = 100_000;
    private const long LateNs = 25_000;

    private readonly Clock _clock;
    private readonly Action _callback;
    private readonly Sleepers _sleepers = new(new InlineReaper());
    private readonly Thread _thread;
    private long _dueNs = NothingSet;
    private bool _wakesLate; // The thread's own.
    private bool _disposed;

    /// <summary>Starts the thread, with nothing set.</summary>
    /// <param name="clock">The clock of its times.</param>
    /// <param name="callback">What to call.</param>
    public ThreadAlarm(Clock clock, Action callback)
    {
        _clock = clock;
        _callback = callback;
        _thread = new Thread(Run) { IsBackground = true, Name = "vpio timer", Priority = ThreadPriority.Highest };
        _thread.Start();
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
        _sleepers.WakeAll();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Volatile.Write(ref _disposed, true);
        _sleepers.WakeAll();
        if (Thread.CurrentThread != _thread)
            _thread.Join();
    }

    private void Run()
    {
        PromptThread.BecomeFirst();
        while (true)
        {
            _sleepers.Enter();
            uint seen = _sleepers.WakeUps;
            if (Volatile.Read(ref _disposed))
                return;
            long dueNs = Volatile.Read(ref _dueNs);
            long restNs = dueNs - _clock.NowNs; // Of what is not set: centuries.
            if (restNs > LongSleepNs)
                SleepLong(seen, dueNs, restNs);
            else if (restNs > 0)
                _sleepers.SleepWhile(seen, restNs);
            _sleepers.Leave();
            if (restNs <= 0)
                Ring();
        }
    }

    private void SleepLong(uint seen, long dueNs, long restNs)
    {
        long earlyNs = _wakesLate ? LastSleepNs : 0;
        _sleepers.SleepWhile(seen, restNs - earlyNs);
        long lateNs = _clock.NowNs - (dueNs - earlyNs);
        if (lateNs >= 0)
            _wakesLate = lateNs > LateNs;
    }

    private void Ring()
    {
        Volatile.Write(ref _dueNs, NothingSet);
        _callback();
    }
}
