using System.Diagnostics;
using Vpio.Abi;
using Vpio.Abi.Layout;
using Vpio.Abi.Operations;
using Vpio.Abi.Processes.Linux;

namespace Vpio.GuestDriver.Processes;

/// <summary>Is DEVOP_wait without a call: unmasks, looks at pending, and sleeps on notify_seq until the hypervisor moves it on.</summary>
/// <remarks>Who raises an upcall sets pending, and then moves notify_seq on unless it is masked. The number is noted before the look: a wake-up between look and sleep makes the sleep end at once.</remarks>
internal sealed class UpcallSleep(SharedMapping guestPage, ControlLine control)
{
    [SharedWord]
    private ref uint Sequence => ref guestPage.At<GuestPage>().NotifySequence;

    /// <summary>Sleeps until an upcall is pending.</summary>
    /// <param name="argument">The argument of DEVOP_wait.</param>
    /// <returns>0, <see cref="DeviceStatus.TimedOut"/>, <see cref="DeviceStatus.Invalid"/>, or <see cref="DeviceStatus.Denied"/> when the hypervisor has ended.</returns>
    public DeviceStatus Wait(in DeviceOpArgument argument)
    {
        if ((argument.Input1 | argument.Input2 | argument.Input3) != 0)
            return DeviceStatus.Invalid;

        // ORDER full: the mask is cleared before pending is looked at. Pairs with words.IsMasked in UpcallOrder.Raise.
        bool wasMasked = Interlocked.Exchange(ref guestPage.At<GuestPage>().UpcallMask, 0) != 0;
        if (wasMasked && IsPending)
            Futex.WakeAll(ref Sequence); // It came masked, and other threads may have slept through it.
        return Sleep(DueNs(argument.Input0));
    }

    private bool IsPending => Volatile.Read(ref guestPage.At<GuestPage>().UpcallPending) != 0;

    private DeviceStatus Sleep(long? dueNs)
    {
        while (true)
        {
            uint seen = Volatile.Read(ref Sequence);
            if (Volatile.Read(ref control.Ended) != 0)
                return DeviceStatus.Denied;
            if (IsPending)
                return DeviceStatus.Ok;
            if (dueNs <= Stopwatch.GetTimestamp())
                return DeviceStatus.TimedOut;
            Futex.Wait(ref Sequence, seen, ref control.Ended, 0, dueNs);
        }
    }

    // A timestamp is a nanosecond of the monotonic clock on Linux.
    private static long? DueNs(ulong timeoutNs)
    {
        ulong nowNs = (ulong)Stopwatch.GetTimestamp();
        return timeoutNs > long.MaxValue - nowNs ? null : (long)(nowNs + timeoutNs);
    }
}
