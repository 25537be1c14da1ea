using System.Diagnostics;

namespace Vpio.Hostile.Judging;

/// <summary>Feels whether the machine lets the judge's threads run at all: the longest time between two beats that should follow each other at once.</summary>
/// <remarks>A neighbour that was not let run for as long as its grace is rightly stopped, and proves nothing about its hypervisor.</remarks>
internal sealed class Pulse : IDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(5);

    private readonly ManualResetEventSlim _over = new(initialState: false, spinCount: 0);
    private readonly Thread _thread;
    private long _longestTicks;

    /// <summary>Begins to feel.</summary>
    public Pulse()
    {
        _thread = new Thread(Feel) { IsBackground = true, Name = "pulse" };
        _thread.Start();
    }

    /// <summary>Gets the longest time between two beats so far.</summary>
    public TimeSpan Longest => TimeSpan.FromTicks(Volatile.Read(ref _longestTicks));

    /// <inheritdoc/>
    public void Dispose()
    {
        _over.Set();
        _thread.Join();
        _over.Dispose();
    }

    private void Feel()
    {
        long last = Stopwatch.GetTimestamp();
        while (!_over.Wait(Beat))
        {
            long now = Stopwatch.GetTimestamp();
            Volatile.Write(ref _longestTicks, Math.Max(_longestTicks, Stopwatch.GetElapsedTime(last, now).Ticks));
            last = now;
        }
    }
}
