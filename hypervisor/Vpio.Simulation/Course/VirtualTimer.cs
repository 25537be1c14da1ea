namespace Vpio.Simulation.Course;

/// <summary>Is a timer on virtual time. It rings once for each setting; the hypervisor asks for nothing else.</summary>
internal sealed class VirtualTimer(VirtualTime time, TimerCallback callback, object? state) : ITimer, IActor
{
    private int _setting;

    /// <inheritdoc/>
    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        if (period != Timeout.InfiniteTimeSpan)
            throw new NotSupportedException("A timer on virtual time rings once; a period is not supported.");
        _setting++;
        if (dueTime != Timeout.InfiniteTimeSpan)
            time.Set(time.NowNs + (dueTime.Ticks * VirtualTime.TimerStepNs), this, _setting);
        return true;
    }

    /// <inheritdoc/>
    public void Act(int cue)
    {
        // What was set before the last change stays in the queue and means nothing any more.
        if (cue == _setting)
            callback(state);
    }

    /// <inheritdoc/>
    public void Dispose() => _setting++;

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}
