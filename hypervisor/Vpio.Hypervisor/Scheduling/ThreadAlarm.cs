namespace Vpio.Hypervisor.Scheduling;

/// <summary>Calls back from a thread of its own, in real time, late by less than the timers of the thread pool are.</summary>
/// <remarks>
/// Timers and <c>Task.Delay</c> are milliseconds late, which no 1 ms slice can bear. This thread sleeps on an event for the
/// whole milliseconds, naps through the rest, and uses no processor while nothing is set. When it wakes it does not wait for a guest that computes.
/// </remarks>
internal sealed class ThreadAlarm : IAlarm
{
    private const long NanosecondsPerMillisecond = 1_000_000;
    private const long NothingSet = long.MaxValue;

    private readonly Clock _clock;
    private readonly Action _callback;
    private readonly ManualResetEventSlim _moved = new(initialState: false, spinCount: 0);
    private readonly Thread _thread;
    private long _dueNs = NothingSet;
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
        _moved.Set();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Volatile.Write(ref _disposed, true);
        _moved.Set();
        if (Thread.CurrentThread != _thread)
            _thread.Join();
    }

    private void Run()
    {
        PromptThread.Become();
        while (true)
        {
            // ORDER full: the reset comes before the looks at the end and at the due time, so that a Set in between is not slept through. Pairs with _moved.Set in ThreadAlarm.Set.
            _moved.Reset();
            if (Volatile.Read(ref _disposed))
                return;
            long dueNs = Volatile.Read(ref _dueNs);
            long restNs = dueNs - _clock.NowNs;
            if (dueNs == NothingSet)
                _moved.Wait();
            else if (restNs <= 0)
                Ring();
            else if (restNs < NanosecondsPerMillisecond)
                ShortSleep.Nap(restNs);
            else
                _moved.Wait((int)Math.Min(restNs / NanosecondsPerMillisecond, int.MaxValue));
        }
    }

    private void Ring()
    {
        Volatile.Write(ref _dueNs, NothingSet);
        _callback();
    }
}
