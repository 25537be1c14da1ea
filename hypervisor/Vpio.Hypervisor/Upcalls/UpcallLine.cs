using Vpio.Abi;
using Vpio.Hypervisor.Guests;
using Vpio.Hypervisor.Memory;
using Vpio.Hypervisor.Scheduling;

namespace Vpio.Hypervisor.Upcalls;

/// <summary>Is the way from the hypervisor to one guest: events in its page, and a notification when it sleeps.</summary>
/// <remarks>
/// The order of Xen's event channels, in <see cref="UpcallOrder"/>. The guest clears pending first and looks after, so what is set
/// during its look raises pending again. Nothing read from the page is trusted: a guest that scribbles on it loses its own
/// wake-ups and nobody else's. Several threads of a guest may sleep here; all wake, and who finds nothing sleeps on. Where none
/// sleeps, a guest that has set a handler is interrupted. One of several that wake may be about to leave for another reason: it looks at pending itself.
/// Source: <c>docs/abi.md</c>, "Upcall order".
/// </remarks>
internal sealed class UpcallLine(Mapping guestPage, IGuestBody body, Clock clock, DeadlineQueue deadlines, IReaper reaper)
{
    private readonly Sleepers _sleepers = new(reaper);
    private readonly PageUpcallWords _words = new(guestPage);
    private UpcallInterrupt? _interrupt;
    private WaitLimit? _spare; // So that a guest that waits with a limit, again and again, allocates nothing.
    private bool _closed;

    /// <summary>Raises events of a device.</summary>
    /// <param name="device">The device.</param>
    /// <param name="events">What happened.</param>
    public void Raise(DeviceIndex device, DeviceEvents events)
    {
        if (UpcallOrder.Raise(_words, device, events))
            Notify();
    }

    /// <summary>Sets what runs when there is something for the guest and nobody sleeps for it.</summary>
    /// <param name="handler">What.</param>
    public void SetHandler(Action handler) =>

        // ORDER full: it is set before its guest looks at pending. Pairs with words.SetPending in UpcallOrder.Raise.
        Interlocked.Exchange(ref _interrupt, new UpcallInterrupt(handler));

    /// <summary>Sleeps until an upcall is pending.</summary>
    /// <param name="timeoutNs">How long at most, nanoseconds; <see langword="null"/>: for ever.</param>
    /// <returns><see cref="DeviceStatus.Ok"/>, <see cref="DeviceStatus.TimedOut"/>, or <see cref="DeviceStatus.Denied"/> when the line was closed.</returns>
    public DeviceStatus Wait(long? timeoutNs)
    {
        if (UpcallOrder.Unmask(_words))
            Notify();
        if (timeoutNs is not { } limit)
            return Sleep(dueNs: long.MaxValue);
        if (limit == 0)
            return Look() ?? DeviceStatus.TimedOut;

        WaitLimit deadline = Interlocked.Exchange(ref _spare, null) ?? new WaitLimit(this);
        long nowNs = clock.NowNs;
        long dueNs = limit > long.MaxValue - nowNs ? long.MaxValue : nowNs + limit;
        deadlines.Set(deadline, dueNs);
        try
        {
            return Sleep(dueNs);
        }
        finally
        {
            // It may be expiring at this moment, and then wakes who waits next: for no reason, which does no harm.
            deadlines.Clear(deadline);
            Volatile.Write(ref _spare, deadline);
        }
    }

    /// <summary>Ends all waits, and those to come.</summary>
    public void Close() => SetClosed(true);

    /// <summary>Lets waits wait again.</summary>
    public void Reopen() => SetClosed(false);

    private DeviceStatus Sleep(long dueNs)
    {
        _sleepers.Enter();
        try
        {
            while (true)
            {
                uint seen = _sleepers.WakeUps;
                if (Look() is { } seenNow)
                    return seenNow;
                if (dueNs != long.MaxValue && clock.NowNs >= dueNs)
                    return DeviceStatus.TimedOut;
                _sleepers.SleepWhile(seen);
            }
        }
        finally
        {
            _sleepers.Leave();
        }
    }

    private DeviceStatus? Look()
    {
        if (Volatile.Read(ref _closed))
            return DeviceStatus.Denied;
        return _words.IsPending() ? DeviceStatus.Ok : null;
    }

    private void Notify()
    {
        // ORDER full: the notification is counted before it is looked who sleeps for it. Pairs with Interlocked.Exchange in MachineDoor.Sleep.
        Interlocked.Increment(ref guestPage.At<GuestPage>(0).NotifySequence);
        body.Notify();
        if (!_sleepers.WakeAll())
            Volatile.Read(ref _interrupt)?.Request();
    }

    private void SetClosed(bool closed)
    {
        Volatile.Write(ref _closed, closed);
        _sleepers.WakeAll();
        Volatile.Read(ref _interrupt)?.Request();
    }

    private sealed class WaitLimit(UpcallLine line) : Deadline
    {
        internal override void Expired() => line._sleepers.WakeAll();
    }
}
