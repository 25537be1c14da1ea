using Vpio.Abi;
using Vpio.Simulation.Checking;

namespace Vpio.Simulation.Tests.Checking;

/// <summary>Writes a history of one device by hand, true or forged, and shows it to a checker step by step.</summary>
internal sealed class History
{
    /// <summary>The slice of weight 1, nanoseconds.</summary>
    public const long SliceNs = 1000;

    /// <summary>The grace, nanoseconds.</summary>
    public const long GraceNs = 500;

    private readonly InvariantChecker _checker = new();
    private long _nowNs;
    private ulong _generation;
    private StateWord _word = new(DeviceState.Free, DomainId.Invalid, default);
    private int _waiters;

    /// <summary>Begins with a device and three guests, of weights 1, 2 and 1.</summary>
    public History()
    {
        See(ObservationKind.Plugged, value: SliceNs, second: GraceNs);
        for (int guest = 1; guest <= 3; guest++)
            See(ObservationKind.Weighed, guest, value: guest == 2 ? 2 : 1);
        Settle();
    }

    /// <summary>Gets what the checker found.</summary>
    public Violation? Violation => _checker.Violation;

    /// <summary>Gets the word of the present ownership.</summary>
    public StateWord Word => _word;

    /// <summary>Lets time go by.</summary>
    public History After(long nanoseconds)
    {
        _nowNs += nanoseconds;
        return this;
    }

    /// <summary>Shows one observation, whatever it is.</summary>
    public History See(ObservationKind kind, int guest = 0, StateWord word = default, long value = 0, long second = 0)
    {
        _checker.See(_nowNs, new Observation(kind, 0, guest, word, value, second));
        return this;
    }

    /// <summary>Shows something that concerns a guest at no device.</summary>
    public History SeeGuest(ObservationKind kind, int guest)
    {
        _checker.See(_nowNs, new Observation(kind, Guest: guest));
        return this;
    }

    /// <summary>A guest asks, and is queued; or with <paramref name="takes"/> gets the free device at once.</summary>
    public History Ask(int guest, bool takes = false)
    {
        See(ObservationKind.Asked, guest);
        if (takes)
            Begin(guest);
        else
            _waiters++;
        return See(ObservationKind.Answered, guest, value: (long)(takes ? DeviceStatus.Ok : DeviceStatus.Queued));
    }

    /// <summary>Something arrives for a guest.</summary>
    public History Prefer(int guest) => See(ObservationKind.Preferred, guest);

    /// <summary>The device is told of a new owner.</summary>
    public History Begin(int guest)
    {
        See(ObservationKind.Loaded, guest);
        _word = new StateWord(DeviceState.Owned, new DomainId((ushort)guest), new Generation(++_generation));
        return See(ObservationKind.Began, guest, _word);
    }

    /// <summary>A waiting guest is granted the device, and told.</summary>
    public History Grant(int guest)
    {
        Begin(guest);
        _waiters--;
        return See(ObservationKind.Told, guest, value: (long)DeviceEvents.Granted);
    }

    /// <summary>The device is told that its owner is gone.</summary>
    public History End()
    {
        int guest = _word.Owner.Value;
        _word = new StateWord(DeviceState.Free, DomainId.Invalid, _word.Generation);
        return See(ObservationKind.Ended, guest).See(ObservationKind.Saved, guest);
    }

    /// <summary>The owner is asked to stop, and told.</summary>
    public History Revoke()
    {
        _word = _word.With(DeviceState.Revoking);
        Show();
        See(ObservationKind.Told, _word.Owner.Value, value: (long)DeviceEvents.Revoke);
        _checker.EndStep(_nowNs);
        return this;
    }

    /// <summary>The owner releases; whoever follows is granted before the step ends.</summary>
    public History Release(Action<History>? follows = null)
    {
        int guest = _word.Owner.Value;
        See(ObservationKind.Releasing, guest, value: (long)_word.Generation.Value);
        End();
        follows?.Invoke(this);
        return See(ObservationKind.Released, guest, value: (long)DeviceStatus.Ok);
    }

    /// <summary>Shows the slot as it should be, and ends the step.</summary>
    public History Settle()
    {
        Show();
        _checker.EndStep(_nowNs);
        return this;
    }

    /// <summary>Shows the slot with another word than it should have, and ends the step.</summary>
    public History SettleAs(StateWord word, long? shown = null, long? counted = null)
    {
        See(ObservationKind.Settled, word.IsHeld ? word.Owner.Value : 0, word, shown ?? _waiters, counted ?? _waiters);
        _checker.EndStep(_nowNs);
        return this;
    }

    /// <summary>Ends the step without a look at the slot.</summary>
    public History EndStep()
    {
        _checker.EndStep(_nowNs);
        return this;
    }

    private void Show() => See(ObservationKind.Settled, _word.IsHeld ? _word.Owner.Value : 0, _word, _waiters, _waiters);
}
