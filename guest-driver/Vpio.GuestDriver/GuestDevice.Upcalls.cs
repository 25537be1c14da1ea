using Vpio.Abi;

namespace Vpio.GuestDriver;

/// <content>
/// Upcalls: each is a reason to look, and what it is about is looked up in the state word, the registers or the hypervisor's answer.
/// RX_PENDING wakes who waits for frames. Every other makes a queued grab ask again: REVOKE and INTERRUPT too, which only an owner gets and which
/// may be there before GRANTED is. These two wake who waits on the device besides. Source: <c>docs/abi.md</c>, "Events".
/// </content>
public sealed partial class GuestDevice
{
    private uint _contextResets;
    private uint _framesPending;

    /// <summary>Gets how often the hypervisor said that the device lost this guest's context. A hint: the device's registers say what is lost.</summary>
    public uint ContextResets => Volatile.Read(ref _contextResets);

    /// <summary>Gets a number that every upcall for the device moves on, every stop of the guest, and the end of a grab that <see cref="GrabAsync"/> queued. For <see cref="WaitForUpcall"/>.</summary>
    public uint UpcallMark => Signal.Sequence;

    /// <summary>Sleeps until an upcall comes for the device: asked back, interrupted, reset, removed, granted, frames parked; or the guest is stopped, or its queued grab has ended.</summary>
    /// <param name="mark"><see cref="UpcallMark"/>, read before the interrupt was armed and before the last look at device, lease and <see cref="ValueTask{TResult}.IsCompleted"/> of the queued grab: what came since ends the sleep at once.</param>
    /// <param name="timeout">How long at most; <see cref="Timeout.InfiniteTimeSpan"/> for ever.</param>
    /// <returns><see langword="true"/> when one came, or may have: look again. <see langword="false"/> when the time was over.</returns>
    /// <exception cref="ObjectDisposedException">The domain was disposed.</exception>
    /// <remarks>
    /// For drivers of other devices than the network device. Who looks at a grab between sleeps must look at the value task that <see cref="GrabAsync"/> gave: a
    /// <see cref="Task"/> made of it ends later, and wakes nobody. Allocates nothing in the steady state.
    /// </remarks>
    public bool WaitForUpcall(uint mark, TimeSpan timeout)
    {
        WaitLimit limit = new(timeout);
        ObjectDisposedException.ThrowIf(_domain.IsDisposed, _domain);
        bool came = Await(mark, limit);
        ObjectDisposedException.ThrowIf(_domain.IsDisposed, _domain);
        return came;
    }

    /// <summary>Sleeps until the hypervisor says that it keeps frames for the guest, which come with the next grab.</summary>
    /// <param name="timeout">How long at most; <see cref="Timeout.InfiniteTimeSpan"/> for ever.</param>
    /// <returns><see langword="true"/> once for each such upcall, a hint: the frames may have come with a grab made meanwhile. <see langword="false"/> when the time was over.</returns>
    /// <exception cref="GuestStoppedException">The guest is stopped.</exception>
    /// <exception cref="DeviceRemovedException">The device is gone.</exception>
    /// <exception cref="ObjectDisposedException">The domain was disposed.</exception>
    public bool WaitForFramesPending(TimeSpan timeout)
    {
        WaitLimit limit = new(timeout);
        while (true)
        {
            uint seen = Signal.Sequence;

            // ORDER full: the flag is taken once; an upcall after this sets it again. Pairs with Volatile.Write in GuestDevice.Notice.
            if (Interlocked.Exchange(ref _framesPending, 0) != 0)
                return true;
            ObjectDisposedException.ThrowIf(_domain.IsDisposed, _domain);
            Query(); // No upcall comes any more from a device that is gone, nor to a guest that is stopped. A stop that is over ends no wait.
            if (!Await(seen, limit))
                return false;
        }
    }

    /// <summary>Takes the events of an upcall, all of them hints.</summary>
    /// <param name="events">What happened.</param>
    /// <returns>The grab that was decided, if no thread waits for it: it goes on by <see cref="PendingGrab.GoOn"/>.</returns>
    internal PendingGrab? Notice(DeviceEvents events)
    {
        PendingGrab? decided = null;
        if ((events & DeviceEvents.Reset) != 0)
            Volatile.Write(ref _contextResets, _contextResets + 1); // Written by who has the watch only.
        if ((events & DeviceEvents.RxPending) != 0)
            Volatile.Write(ref _framesPending, 1);
        if ((events & ~DeviceEvents.RxPending) != 0)
            _holding.Reconcile(out decided);
        Signal.Raise();
        return decided;
    }

    /// <summary>Looks again after the guest was stopped.</summary>
    /// <returns>Whether a wait goes on.</returns>
    internal bool NoticeStop()
    {
        bool waits = _holding.Reconcile(out PendingGrab? decided);
        decided?.GoOn(here: false);
        Signal.Raise();
        return waits;
    }

    /// <summary>Blocks until the device's signal moves on: by an upcall, a stop, the end of a grab, or with the domain.</summary>
    /// <param name="seen">The signal's counter as it was noted.</param>
    /// <param name="limit">How long at most.</param>
    /// <returns><see langword="false"/> when the time was over first.</returns>
    internal bool Await(uint seen, WaitLimit limit) => _domain.Upcalls.Block(new SignalWait(Signal, seen), limit);

    /// <summary>Wakes those who sleep beside the watch, for one of them to have it.</summary>
    internal void WakeBeside()
    {
        _holding.WakeBeside();
        Signal.WakeBeside();
    }
}
