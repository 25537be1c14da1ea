using Vpio.Hypervisor.Scheduling;

namespace Vpio.Benchmarks;

/// <summary>Sleeps on a thread that Linux lets in as it does the hypervisor's timer.</summary>
internal sealed class PromptSleeper : IDisposable
{
    private readonly Barrier _turns = new(2);
    private readonly Thread _thread;
    private TimeSpan? _time;
    private int _slept;

    public PromptSleeper()
    {
        _thread = new Thread(Run) { IsBackground = true };
        _thread.Start();
    }

    /// <summary>Has it sleep. It hands over by a word that the caller looks at, so that waking the caller does not count.</summary>
    /// <param name="time">How long.</param>
    public void Sleep(TimeSpan time)
    {
        _time = time;
        _turns.SignalAndWait();
        while (Volatile.Read(ref _slept) == 0)
            Thread.SpinWait(1);
        Volatile.Write(ref _slept, 0);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _time = null;
        _turns.SignalAndWait();
        _thread.Join();
        _turns.Dispose();
    }

    private void Run()
    {
        PromptThread.BecomeFirst();
        while (true)
        {
            _turns.SignalAndWait();
            if (_time is not { } time)
                return;
            ClockSleep.For(time);
            Volatile.Write(ref _slept, 1);
        }
    }
}
