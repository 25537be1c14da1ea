using System.Collections.Concurrent;

namespace Vpio.Hypervisor.Scheduling;

/// <summary>Does what may have to wait for a guest on a thread of its own, one after the other. Idle, it uses no processor.</summary>
internal sealed class ReaperThread : IReaper
{
    private readonly BlockingCollection<Action> _work = [];
    private readonly Thread _thread;

    /// <summary>Starts the thread.</summary>
    public ReaperThread()
    {
        _thread = new Thread(Run) { IsBackground = true, Name = "vpio reaper", Priority = ThreadPriority.Highest };
        _thread.Start();
    }

    /// <inheritdoc/>
    public void Reap(Action work)
    {
        try
        {
            _work.Add(work);
        }
        catch (InvalidOperationException)
        {
            // The hypervisor is gone, and with it the timer that must not wait: who still wakes a guest does so itself.
            work();
        }
    }

    /// <summary>Ends the thread when it has done what it was given.</summary>
    public void Dispose()
    {
        _work.CompleteAdding();
        if (Thread.CurrentThread != _thread)
            _thread.Join();
    }

    private void Run()
    {
        foreach (Action work in _work.GetConsumingEnumerable())
            work();
    }
}
