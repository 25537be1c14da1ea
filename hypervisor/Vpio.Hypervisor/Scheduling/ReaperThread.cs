using System.Collections.Concurrent;

namespace Vpio.Hypervisor.Scheduling;

/// <summary>Carries out evictions on a thread of its own, one after the other. Idle, it uses no processor.</summary>
internal sealed class ReaperThread : IReaper
{
    private readonly BlockingCollection<Action> _evictions = [];
    private readonly Thread _thread;

    /// <summary>Starts the thread.</summary>
    public ReaperThread()
    {
        _thread = new Thread(Run) { IsBackground = true, Name = "vpio reaper", Priority = ThreadPriority.Highest };
        _thread.Start();
    }

    /// <inheritdoc/>
    public void Reap(Action eviction) => _evictions.Add(eviction);

    /// <summary>Ends the thread when it has done what it was given.</summary>
    public void Dispose()
    {
        _evictions.CompleteAdding();
        if (Thread.CurrentThread != _thread)
            _thread.Join();
    }

    private void Run()
    {
        foreach (Action eviction in _evictions.GetConsumingEnumerable())
            eviction();
    }
}
