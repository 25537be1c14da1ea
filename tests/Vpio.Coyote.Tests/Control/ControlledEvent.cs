namespace Vpio.Coyote.Tests.Control;

/// <summary>Is an event made of a monitor, which Coyote knows, in place of <see cref="System.Threading.ManualResetEventSlim"/>.</summary>
internal sealed class ControlledEvent
{
    private readonly object _gate = new();
    private bool _set;

    public ControlledEvent(bool initialState, int spinCount)
    {
        _ = spinCount;
        _set = initialState;
    }

    public void Set()
    {
        lock (_gate)
        {
            _set = true;
            Monitor.PulseAll(_gate);
        }
    }

    public void Reset()
    {
        lock (_gate)
            _set = false;
    }

    public void Wait()
    {
        lock (_gate)
        {
            while (!_set)
                Monitor.Wait(_gate);
        }
    }

    /// <summary>Waits for a time, which here may be over at once: whoever asks for a time looks at the clock again.</summary>
    public bool Wait(int milliseconds)
    {
        _ = milliseconds;
        Thread.Yield();
        lock (_gate)
            return _set;
    }
}
