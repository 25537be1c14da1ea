using Vpio.Abi;
using Vpio.Hypervisor.Guests;
using Vpio.Hypervisor.Memory;
using Vpio.Hypervisor.Scheduling;

namespace Vpio.Hypervisor.Upcalls;

/// <summary>Is the way from the hypervisor to one guest: events in its page, and a notification when it sleeps.</summary>
/// <remarks>
/// The order of Xen's event channels, in <see cref="UpcallOrder"/>. The guest clears pending first and looks after, so what is set
/// during its look raises pending again. Nothing read from the page is trusted: a guest that scribbles on it loses its own
/// wake-ups and nobody else's. Several threads of a guest may sleep here; all wake, and who finds nothing sleeps on.
/// Source: <c>docs/abi.md</c>, "Upcall order".
/// </remarks>
internal sealed class UpcallLine(Mapping guestPage, IGuestBody body, Clock clock, DeadlineQueue deadlines, IReaper reaper)
{
    private readonly Sleepers _sleepers = new(reaper);
    private readonly PageUpcallWords _words = new(guestPage);
    private bool _closed;

    /// <summary>Raises events of a device.</summary>
    /// <param name="device">The device.</param>
    /// <param name="events">What happened.</param>
    public void Raise(DeviceIndex device, DeviceEvents events)
    {
        if (UpcallOrder.Raise(_words, device, events))
            Notify();
    }

    /// <summary>Sleeps until an upcall is pending.</summary>
    /// <param name="timeoutNs">How long at most, nanoseconds; <see langword="null"/>: for ever.</param>
    /// <returns><see cref="DeviceStatus.Ok"/>, <see cref="DeviceStatus.TimedOut"/>, or <see cref="DeviceStatus.Denied"/> when the line was closed.</returns>
    public DeviceStatus Wait(long? timeoutNs)
    {
        if (UpcallOrder.Unmask(_words))
            Notify();
        if (timeoutNs is not { } limit)
            return Sleep(dueNs: long.MaxValue);

        WaitLimit deadline = new(this);
        long nowNs = clock.NowNs;
        long dueNs = limit > long.MaxValue - nowNs ? long.MaxValue : nowNs + limit;
        deadlines.Set(deadline, dueNs);
        try
        {
            return Sleep(dueNs);
        }
        finally
        {
            deadlines.Clear(deadline);
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
                if (Volatile.Read(ref _closed))
                    return DeviceStatus.Denied;
                if (_words.IsPending())
                    return DeviceStatus.Ok;
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

    private void Notify()
    {
        // ORDER full: the notification is counted before it is looked who sleeps for it. Pairs with Interlocked.Exchange in MachineDoor.Sleep.
        Interlocked.Increment(ref guestPage.At<GuestPage>(0).NotifySequence);
        body.Notify();
        _sleepers.WakeAll();
    }

    private void SetClosed(bool closed)
    {
        Volatile.Write(ref _closed, closed);
        _sleepers.WakeAll();
    }

    private sealed class WaitLimit(UpcallLine line) : Deadline
    {
        internal override void Expired() => line._sleepers.WakeAll();
    }
}
