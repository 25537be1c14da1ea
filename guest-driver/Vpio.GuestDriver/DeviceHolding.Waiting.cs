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
    private PendingGrab? _decided; // What is to go on when the gate is left.
    private int _beside; // How many sleep on the gate: to pulse it is a call into the runtime.

    /// <summary>Asks for the device, and joins its queue when it is not to be had.</summary>
    /// <param name="isBlocking">Whether a thread will wait, in <see cref="Await"/>; else the task of the wait is awaited.</param>
    /// <param name="token">The token that will cancel the wait.</param>
    /// <param name="generation">The ownership, when granted at once.</param>
    /// <returns>The armed wait; <see langword="null"/> when granted at once.</returns>
    internal PendingGrab? TakeOrQueue(bool isBlocking, CancellationToken token, out Generation generation)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, typeof(GuestDomain));
            DropWhatWasTaken();
            if (_state != HoldingState.NotHeld)
                throw new InvalidOperationException($"Grab of {Device} by {calls.Guest}: this guest {(_state == HoldingState.Held ? "holds it already" : "waits for it already")}, and has one lease and one queued grab at a time; it is {calls.ReadState()}.");

            DeviceStatus status = calls.Grab(queue: true, out generation, out uint ahead);
            switch (status)
            {
                case DeviceStatus.Ok:
                    Hold(generation);
                    return null;
                case DeviceStatus.Queued:
                    return Queue(isBlocking, ahead == 0, token);
                default:
                    throw calls.Failure(DeviceOp.Grab, status);
            }
        }
    }

    /// <summary>Blocks until a wait is over, which is ended by an upcall, by its token or with the domain.</summary>
    /// <param name="pending">The wait.</param>
    /// <returns>The grant.</returns>
    internal Grant Await(PendingGrab pending)
    {
        try
        {
            watch.Block(new GrabWait(this, pending), WaitLimit.None);
        }
        catch
        {
            Abandon(pending); // The thread was interrupted, and nobody would take the grant up.
            throw;
        }

        return pending.Outcome();
    }

    /// <summary>Sleeps beside the watch.</summary>
    /// <param name="pending">The wait.</param>
    internal void SleepBeside(PendingGrab pending)
    {
        lock (_gate)
        {
            _beside++;
            try
            {
                if (!pending.IsDecided && watch.IsKept)
                    Monitor.Wait(_gate);
            }
            finally
            {
                _beside--;
            }
        }
    }

    /// <summary>Wakes those who sleep beside the watch, for one of them to have it.</summary>
    internal void WakeBeside()
    {
        lock (_gate)
            PulseBeside();
    }

    /// <summary>Cancels the wait that a token belongs to; does nothing when there is none any more.</summary>
    /// <param name="token">The token.</param>
    internal void Cancel(CancellationToken token)
    {
        PendingGrab? decided;
        lock (_gate)
        {
            if (_state != HoldingState.Queued || _pending!.Token != token)
                return;
            _state = HoldingState.Abandoned;
            GiveUp();
            decided = TakeDecided();
        }

        if (decided is not null)
            decided.GoOn(here: false);
        else
            watch.Nudge(this);
    }

    /// <summary>Looks again, after an event that may concern a wait. The event is a hint: the word and the hypervisor's answer decide.</summary>
    /// <param name="decided">The grab that was decided, if no thread waits for it: it goes on by <see cref="PendingGrab.GoOn"/>, under no gate.</param>
    /// <returns>Whether a wait goes on.</returns>
    internal bool Reconcile(out PendingGrab? decided)
    {
        lock (_gate)
        {
            decided = null;
            if (_closed)
                return false; // What is read here may be unmapped by now.
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

            decided = TakeDecided();
            return _state is HoldingState.Queued or HoldingState.Abandoned;
        }
    }

    /// <summary>Wakes who looks at the task of a grab between sleeps: the upcall that decided it moved the signal on before.</summary>
    internal void TaskEnded()
    {
        signal.Raise();
        watch.Nudge(signal); // Whoever sleeps may have the watch by now.
    }

    /// <summary>Keeps a wait whose result was read, for the next one.</summary>
    /// <param name="pending">The wait.</param>
    internal void TakeBack(PendingGrab pending)
    {
        lock (_gate)
            _spare = pending;
    }

    private PendingGrab Queue(bool isBlocking, bool isNext, CancellationToken token)
    {
        PendingGrab pending = _spare ?? new PendingGrab(this);
        _spare = null;
        pending.Arm(isBlocking, isNext, token);
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
            Settle(calls.Grab(queue: true, out Generation generation, out _), generation);
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

    /// <summary>Gives up a wait that its thread has left by an exception, or what it was granted.</summary>
    private void Abandon(PendingGrab pending)
    {
        lock (_gate)
        {
            if (_pending == pending && _state == HoldingState.Queued)
            {
                _state = HoldingState.Abandoned;
                GiveUp();
            }
            else if (pending.IsDecided && _state == HoldingState.Held)
            {
                _state = HoldingState.NotHeld;
                TryGiveBack();
            }
        }
    }

    private void Complete(Generation generation)
    {
        Hold(generation);
        _pending!.Complete(new Grant(Device, generation));
        Decided(_pending);
    }

    private void EndWait(Exception failure)
    {
        _state = HoldingState.NotHeld;
        if (_pending is null)
            return;
        _pending.Fail(failure);
        Decided(_pending);
    }

    private void Decided(PendingGrab pending)
    {
        _pending = null;
        if (!pending.IsBlocking)
            _decided = pending;
        else
            PulseBeside();
    }

    private PendingGrab? TakeDecided()
    {
        PendingGrab? decided = _decided;
        _decided = null;
        return decided;
    }

    private void PulseBeside()
    {
        if (_beside != 0)
            Monitor.PulseAll(_gate);
    }
}
