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
    private readonly object _woken = new(); // A monitor: waiting and waking are what it is for.
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
        lock (_woken)
        {
            while (true)
            {
                if (_closed)
                    return DeviceStatus.Denied;

                // The look and the sleep are one step: who raises sets pending first, and then needs this lock to wake.
                if (_words.IsPending())
                    return DeviceStatus.Ok;
                if (dueNs != long.MaxValue && clock.NowNs >= dueNs)
                    return DeviceStatus.TimedOut;
                Monitor.Wait(_woken);
            }
        }
    }

    private void Notify()
    {
        Interlocked.Increment(ref guestPage.At<GuestPage>(0).NotifySequence);
        body.Notify();
        WakeAll();
    }

    private void SetClosed(bool closed)
    {
        lock (_woken)
        {
            _closed = closed;
            Monitor.PulseAll(_woken);
        }
    }

    /// <summary>Wakes the sleepers. Whoever raises waits for no thread of the guest: one that is just about to sleep, or to look, leaves the waking to the reaper.</summary>
    private void WakeAll()
    {
        if (!Monitor.TryEnter(_woken))
        {
            reaper.Reap(WakeAllInTurn);
            return;
        }

        Monitor.PulseAll(_woken);
        Monitor.Exit(_woken);
    }

    private void WakeAllInTurn()
    {
        lock (_woken)
            Monitor.PulseAll(_woken);
    }

    private sealed class WaitLimit(UpcallLine line) : Deadline
    {
        internal override void Expired() => line.WakeAll();
    }
}
