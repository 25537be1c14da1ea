using Vpio.Hypervisor.Upcalls;

namespace Vpio.Hypervisor.Scheduling;

/// <summary>Calls back from a thread of its own, in real time, late by less than the timers of the thread pool are.</summary>
/// <remarks>
/// Timers and <c>Task.Delay</c> are milliseconds late, which no 1 ms slice can bear. This thread sleeps until the very time, and uses no processor while nothing is set. Each of its wake-ups
/// takes the processor from a guest: it is woken only for what comes before it wakes by itself. When it wakes it does not wait for a guest that computes.
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
    private long _wakesNs; // When the thread looks again by itself.
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

        // ORDER full: the time is set before it is looked when the thread wakes. Pairs with Interlocked.Exchange in ThreadAlarm.Sleep.
        if (dueNs < Volatile.Read(ref _wakesNs))
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
        PromptThread.Become();
        while (true)
        {
            _sleepers.Enter();
            Sleep(_sleepers.WakeUps);
            _sleepers.Leave();
            if (Volatile.Read(ref _disposed))
                return;

            // Early too: what was due may have been moved on, and is asked for anew.
            Volatile.Write(ref _dueNs, NothingSet);
            _callback();
        }
    }

    private void Sleep(uint seen)
    {
        long dueNs = Volatile.Read(ref _dueNs);
        long nowNs = _clock.NowNs;
        long restNs = dueNs - nowNs; // Of what is not set: centuries.
        bool isLong = restNs > LongSleepNs;
        if (isLong && _wakesLate)
            restNs -= LastSleepNs;

        // ORDER full: when it wakes is seen before it is looked what was set meanwhile. Pairs with Interlocked.CompareExchange in ThreadAlarm.Set.
        Interlocked.Exchange(ref _wakesNs, nowNs + restNs);
        if (restNs <= 0 || Volatile.Read(ref _dueNs) != dueNs || Volatile.Read(ref _disposed))
            return;
        _sleepers.SleepWhile(seen, restNs);
        long lateNs = _clock.NowNs - Volatile.Read(ref _wakesNs);
        if (isLong && lateNs >= 0)
            _wakesLate = lateNs > LateNs;
    }
}
