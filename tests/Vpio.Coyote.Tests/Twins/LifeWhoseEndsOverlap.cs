using Vpio.Hypervisor.Guests;

namespace Vpio.Coyote.Tests.Twins;

/// <summary>Is an order with a planted bug: a resume does not wait for the stops under way, and a stop does not wait for other stops.</summary>
internal sealed class LifeWhoseEndsOverlap : ILife
{
    private readonly object _gate = new();
    private GuestState _state;

    public GuestState State
    {
        get
        {
            lock (_gate)
                return _state;
        }
    }

    public bool TryBeginStop(GuestState final)
    {
        lock (_gate)
        {
            if (_state == final || _state == GuestState.Removed)
                return false;
            _state = final;
            return true;
        }
    }

    public void EndStop()
    {
    }

    public void AwaitStops()
    {
    }

    public bool TryBeginResume() => State == GuestState.Stopped;

    public void EndResume()
    {
        lock (_gate)
            _state = GuestState.Running;
    }
}
