using Vpio.Abi;

namespace Vpio.GuestDriver;

/// <content>
/// Waiting: join the queue, and leave it by a grant, a cancel, a removal or a stop. Each upcall is only a reason to look: the
/// state word decides, and where it does not, the hypervisor is asked again.
/// </content>
internal sealed partial class DeviceHolding
{
    private PendingGrab? _pending; // While queued or abandoned.
    private PendingGrab? _spare;

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

        try
        {
            // Asking again does no harm (still queued is still 1), and tells a stale event from a lost place in the queue.
            Settle(calls.Grab(queue: true, out Generation generation), generation);
        }
        catch (HypervisorRestartedException restarted)
        {
            EndWait(restarted); // The queue is gone with the hypervisor that kept it.
        }
    }

    private void Settle(DeviceStatus status, Generation generation)
    {
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
