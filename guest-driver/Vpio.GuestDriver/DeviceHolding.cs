using Vpio.Abi;

namespace Vpio.GuestDriver;

/// <summary>Keeps what this driver believes about one device, and reconciles it with the state word at every step.</summary>
/// <param name="calls">The calls about the device.</param>
/// <remarks>
/// <code>
///            granted at once                         GRANTED, and the word agrees
/// NotHeld ───────────────────► Held ◄──────────────────────────────────── Queued
///    ▲  ▲                       │                                          │  │
///    │  └───────────────────────┘ release, or the word says it was taken   │  │ cancelled, but the grant came first
///    │◄────────────────────────────────────────────────────────────────────┘  ▼
///    │   cancelled in time, removed, stopped                             Abandoned
///    └────────────────────────────────────────────────────────────────────────┘ given back as soon as it came
/// </code>
/// Threads: one gate for all of it, held during the calls, none of which waits. So an upcall that outruns the result of its own grab
/// waits at the gate until the grab is armed, and a cancel never meets a half-made grant.
/// Continuations of awaiting code never run under the gate.
/// </remarks>
internal sealed class DeviceHolding(DeviceCalls calls)
{
    private readonly object _gate = new(); // A monitor: a blocked grab sleeps on it.
    private HoldingState _state;
    private Generation _generation;
    private PendingGrab? _pending;
    private PendingGrab? _spare;
    private bool _closed;

    /// <summary>Gets the device.</summary>
    internal DeviceIndex Device => calls.Device;

    /// <summary>Gets what the driver believes.</summary>
    internal HoldingState State
    {
        get
        {
            lock (_gate)
                return _state;
        }
    }

    /// <summary>Asks for the device without waiting.</summary>
    /// <param name="generation">The ownership, when granted.</param>
    /// <returns>How it ended.</returns>
    internal GrabResult TryTake(out Generation generation)
    {
        lock (_gate)
        {
            generation = default;
            ObjectDisposedException.ThrowIf(_closed, typeof(GuestDomain));
            DropWhatWasTaken();
            if (_state != HoldingState.NotHeld)
                return _state == HoldingState.Held ? GrabResult.AlreadyHeld : GrabResult.Busy;

            DeviceStatus status = calls.Grab(queue: false, out generation);
            if (status == DeviceStatus.Ok)
                Hold(generation);
            return status switch
            {
                DeviceStatus.Ok => GrabResult.Granted,
                DeviceStatus.Busy => GrabResult.Busy,
                DeviceStatus.Exists => GrabResult.AlreadyHeld,
                DeviceStatus.NoDevice => GrabResult.Removed,
                DeviceStatus.Denied => GrabResult.Stopped,
                _ => throw calls.Failure(DeviceOp.Grab, status),
            };
        }
    }

    /// <summary>Asks for the device, and joins its queue when it is not to be had.</summary>
    /// <param name="token">The token that will cancel the wait.</param>
    /// <param name="generation">The ownership, when granted at once.</param>
    /// <returns>The armed wait; <see langword="null"/> when granted at once.</returns>
    internal PendingGrab? TakeOrQueue(CancellationToken token, out Generation generation)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, typeof(GuestDomain));
            DropWhatWasTaken();
            if (_state != HoldingState.NotHeld)
                throw new InvalidOperationException($"Grab of {Device} by {calls.Guest}: this guest {(_state == HoldingState.Held ? "holds it already" : "waits for it already")}, and has one lease and one queued grab at a time; it is {calls.ReadState()}.");

            DeviceStatus status = calls.Grab(queue: true, out generation);
            switch (status)
            {
                case DeviceStatus.Ok:
                    Hold(generation);
                    return null;
                case DeviceStatus.Queued:
                    return Queue(token);
                default:
                    throw calls.Failure(DeviceOp.Grab, status);
            }
        }
    }

    /// <summary>Sleeps until a wait is over.</summary>
    /// <param name="pending">The wait.</param>
    internal void Await(PendingGrab pending)
    {
        lock (_gate)
        {
            while (!pending.IsCompleted)
                Monitor.Wait(_gate);
        }
    }

    /// <summary>Cancels the wait that a token belongs to; does nothing when there is none any more.</summary>
    /// <param name="token">The token.</param>
    internal void Cancel(CancellationToken token)
    {
        lock (_gate)
        {
            if (_state != HoldingState.Queued || _pending!.Token != token)
                return;
            _state = HoldingState.Abandoned;
            GiveUp();
        }
    }

    /// <summary>Gives the device back.</summary>
    /// <param name="generation">The ownership that the caller believes to have.</param>
    /// <returns>How it ended.</returns>
    internal ReleaseResult Release(Generation generation)
    {
        lock (_gate)
        {
            if (_state != HoldingState.Held || _generation != generation)
                return ReleaseResult.AlreadyTaken;

            _state = HoldingState.NotHeld;
            DeviceStatus status = calls.Release(generation);
            return status switch
            {
                DeviceStatus.Ok => ReleaseResult.Released,
                DeviceStatus.NotOwner or DeviceStatus.Denied or DeviceStatus.NoDevice => ReleaseResult.AlreadyTaken,
                _ => throw calls.Failure(DeviceOp.Release, status),
            };
        }
    }

    /// <summary>Looks again, after an event that may concern a wait. The event is a hint: the word and the hypervisor's answer decide.</summary>
    /// <returns>Whether a wait goes on.</returns>
    internal bool Reconcile()
    {
        lock (_gate)
        {
            switch (_state)
            {
                case HoldingState.Queued:
                    AskAgain();
                    break;
                case HoldingState.Abandoned:
                    GiveUp();
                    break;
                case HoldingState.NotHeld:
                    TryGiveBack(); // Nobody awaits this grant: kept, it would run into a forced stop.
                    break;
            }

            return _state is HoldingState.Queued or HoldingState.Abandoned;
        }
    }

    /// <summary>Ends it all: gives back what is held, leaves the queue, fails the wait.</summary>
    internal void Close()
    {
        lock (_gate)
        {
            _closed = true;
            if (_state is HoldingState.Queued or HoldingState.Abandoned)
                LeaveQueue();
            TryGiveBack();
            EndWait(new ObjectDisposedException(nameof(GuestDomain), $"The wait for {Device} ended with the domain."));
        }
    }

    /// <summary>Keeps a wait whose result was read, for the next one.</summary>
    /// <param name="pending">The wait.</param>
    internal void TakeBack(PendingGrab pending)
    {
        lock (_gate)
            _spare = pending;
    }

    private PendingGrab Queue(CancellationToken token)
    {
        PendingGrab pending = _spare ?? new PendingGrab(this);
        _spare = null;
        pending.Arm(token);
        _pending = pending;
        _state = HoldingState.Queued;
        return pending;
    }

    private void AskAgain()
    {
        if (TryCompleteByWord())
            return;

        // Asking again does no harm (still queued is still 1), and tells a stale event from a lost place in the queue.
        DeviceStatus status = calls.Grab(queue: true, out Generation generation);
        switch (status)
        {
            case DeviceStatus.Ok:
                Complete(generation);
                break;
            case DeviceStatus.Queued:
                break;
            case DeviceStatus.Exists:
                TryCompleteByWord(); // If not yet, GRANTED follows.
                break;
            default:
                EndWait(calls.Failure(DeviceOp.Grab, status));
                break;
        }
    }

    private bool TryCompleteByWord()
    {
        // Before it was queued this driver did not hold the device; so if the word names the guest now, it is by this grab.
        StateWord word = calls.ReadState();
        if (!word.IsHeld || word.Owner != calls.Guest)
            return false;
        Complete(word.Generation);
        return true;
    }

    private void GiveUp()
    {
        if (LeaveQueue())
            EndWait(new OperationCanceledException($"The grab of {Device} by {calls.Guest} was cancelled.", _pending!.Token));
    }

    /// <summary>Leaves the queue, or gives the grant back that came first.</summary>
    /// <returns><see langword="false"/> when the grant is decided and has not come yet.</returns>
    private bool LeaveQueue() => calls.Cancel() != DeviceStatus.Exists || TryGiveBack();

    private bool TryGiveBack()
    {
        StateWord word = calls.ReadState();
        if (!word.IsHeld || word.Owner != calls.Guest)
            return false;
        calls.Release(word.Generation);
        return true;
    }

    private void DropWhatWasTaken()
    {
        if (_state == HoldingState.Held && !calls.ReadState().IsHeldBy(calls.Guest, _generation))
            _state = HoldingState.NotHeld;
    }

    private void Hold(Generation generation)
    {
        _generation = generation;
        _state = HoldingState.Held;
    }

    private void Complete(Generation generation)
    {
        Hold(generation);
        _pending!.Complete(new Grant(Device, generation));
        _pending = null;
        Monitor.PulseAll(_gate);
    }

    private void EndWait(Exception failure)
    {
        _state = HoldingState.NotHeld;
        _pending?.Fail(failure);
        _pending = null;
        Monitor.PulseAll(_gate);
    }
}
