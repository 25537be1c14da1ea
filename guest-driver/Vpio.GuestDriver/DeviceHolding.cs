using Vpio.Abi;

namespace Vpio.GuestDriver;

/// <summary>Keeps what this driver believes about one device, and reconciles it with the state word at every step.</summary>
/// <param name="calls">The calls about the device.</param>
/// <param name="watch">Who takes the guest's upcalls.</param>
/// <param name="signal">The device's signal.</param>
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
internal sealed partial class DeviceHolding(DeviceCalls calls, UpcallWatch watch, DeviceSignal signal)
{
    private readonly object _gate = new(); // A monitor: a grab that blocks beside the watch sleeps on it.
    private HoldingState _state;
    private Generation _generation;
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

            DeviceStatus status = calls.Grab(queue: false, out generation, out _);
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

    /// <summary>Ends it all: gives back what is held, leaves the queue, fails the wait.</summary>
    internal void Close()
    {
        PendingGrab? decided;
        lock (_gate)
        {
            _closed = true;
            if (_state is HoldingState.Queued or HoldingState.Abandoned)
                LeaveQueue();
            TryGiveBack();
            EndWait(new ObjectDisposedException(nameof(GuestDomain), $"The wait for {Device} ended with the domain."));
            decided = TakeDecided();
        }

        decided?.GoOn(here: false);
    }

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
}
