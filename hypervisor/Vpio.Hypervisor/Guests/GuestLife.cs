using Vpio.Hypervisor.Ownership;

namespace Vpio.Hypervisor.Guests;

/// <summary>Is whether a guest runs, and the order of those who change that: a stop and a resume never overlap.</summary>
/// <remarks>
/// A resume in the middle of a stop would clear the mark that the stop sets next, and the guest would run and be denied everything;
/// or the stop's last step would take a device that the resumed guest, or the next with its id, was just granted.
/// What a stop kills is not resumed. Stops may overlap: a grace that ends, domain 0, and a removal. Threads: any.
/// </remarks>
internal sealed class GuestLife(bool isMortal)
{
    private readonly Lock _gate = new();
    private GuestState _state;
    private int _stops;
    private bool _resuming;
    private bool _removed;

    /// <summary>Gets whether the guest runs. A stop shows from its beginning, a resume from its end.</summary>
    public GuestState State
    {
        get
        {
            lock (_gate)
                return _state;
        }
    }

    /// <summary>Gets whether the guest is gone for good.</summary>
    public bool IsRemoved => Volatile.Read(ref _removed);

    /// <summary>Begins a stop, after a resume that is under way.</summary>
    /// <param name="final">What the guest is from now on: quarantined, stopped or removed.</param>
    /// <returns>Whether there is anything to stop; then <see cref="EndStop"/> must follow.</returns>
    public bool TryBeginStop(GuestState final)
    {
        for (int turn = 0; ; turn++)
        {
            lock (_gate)
            {
                if (!_resuming)
                    return Change(final);
            }

            HardwareMemory.Pause(turn);
        }
    }

    /// <summary>Ends a stop.</summary>
    public void EndStop()
    {
        lock (_gate)
            _stops--;
    }

    /// <summary>Waits until no stop is under way: nothing of one comes later.</summary>
    public void AwaitStops()
    {
        for (int turn = 0; !HaveStopsEnded(); turn++)
            HardwareMemory.Pause(turn);
    }

    /// <summary>Begins a resume, after the stops and the resume that are under way.</summary>
    /// <returns>Whether the guest is quarantined, or stopped and not dead by that; then <see cref="EndResume"/> must follow.</returns>
    public bool TryBeginResume()
    {
        for (int turn = 0; ; turn++)
        {
            lock (_gate)
            {
                if (_state != GuestState.Quarantined && (_state != GuestState.Stopped || isMortal))
                    return false;
                if (_stops == 0 && !_resuming)
                    return _resuming = true;
            }

            HardwareMemory.Pause(turn);
        }
    }

    /// <summary>Ends a resume: the guest runs.</summary>
    public void EndResume()
    {
        lock (_gate)
        {
            _state = GuestState.Running;
            _resuming = false;
        }
    }

    /// <summary>Begins to add to what the guest has, after a resume that is under way. A resume that comes meanwhile waits, and then finds all of it; a stop need not.</summary>
    public void BeginAssignment()
    {
        for (int turn = 0; ; turn++)
        {
            lock (_gate)
            {
                if (!_resuming)
                {
                    _stops++;
                    return;
                }
            }

            HardwareMemory.Pause(turn);
        }
    }

    /// <summary>Ends what <see cref="BeginAssignment"/> began.</summary>
    public void EndAssignment() => EndStop();

    private bool Change(GuestState final)
    {
        // Each state takes more from a guest than the one before.
        if (final <= _state)
            return false;
        _state = final;
        _stops++;
        if (final == GuestState.Removed)
            Volatile.Write(ref _removed, true);
        return true;
    }

    private bool HaveStopsEnded()
    {
        lock (_gate)
            return _stops == 0;
    }
}
