using System.Diagnostics;
using Vpio.Abi;
using Vpio.Abi.Operations;

namespace Vpio.GuestDriver.Processes;

/// <summary>Is DEVOP_wait without a call: unmasks, looks at pending, and sleeps on notify_seq until the hypervisor moves it on.</summary>
/// <remarks>
/// Who raises an upcall sets pending, and then moves notify_seq on unless it is masked. The number is noted before the look: a wake-up between look and sleep makes the
/// sleep end at once. Source: <c>docs/guests.md</c>, "Upcalls".
/// </remarks>
internal static class UpcallSleep
{
    /// <summary>Does what DEVOP_wait does.</summary>
    /// <param name="words">The guest page.</param>
    /// <param name="argument">The argument.</param>
    /// <returns>0, <see cref="DeviceStatus.TimedOut"/>, <see cref="DeviceStatus.Invalid"/>, or <see cref="DeviceStatus.Denied"/> when the hypervisor has ended.</returns>
    public static DeviceStatus Call(PageSleepWords words, in DeviceOpArgument argument) =>
        (argument.Input1 | argument.Input2 | argument.Input3) != 0 ? DeviceStatus.Invalid : Wait(words, DueNs(argument.Input0));

    /// <summary>Sleeps until an upcall is pending.</summary>
    /// <typeparam name="TWords">How the page is touched.</typeparam>
    /// <param name="words">The page.</param>
    /// <param name="dueNs">How long at most, nanoseconds of the monotonic clock; <see langword="null"/>: for ever.</param>
    /// <returns>0, <see cref="DeviceStatus.TimedOut"/>, or <see cref="DeviceStatus.Denied"/> when the hypervisor has ended.</returns>
    public static DeviceStatus Wait<TWords>(TWords words, long? dueNs)
        where TWords : struct, ISleepWords
    {
        // ORDER full: the mask is cleared before pending is looked at. Pairs with words.IsMasked in UpcallOrder.Raise.
        if (words.ClearMask() && words.IsPending())
            words.WakeAll(); // It came masked, and other threads may have slept through it.

        while (true)
        {
            // ORDER acquire: the number is noted before pending is looked at. Pairs with Interlocked.Increment in UpcallLine.Notify.
            uint seen = words.LoadSequence();
            if (words.HasEnded())
                return DeviceStatus.Denied;
            if (words.IsPending())
                return DeviceStatus.Ok;
            if (dueNs <= Stopwatch.GetTimestamp())
                return DeviceStatus.TimedOut;
            words.Sleep(seen, dueNs);
        }
    }

    // A timestamp is a nanosecond of the monotonic clock on Linux.
    private static long? DueNs(ulong timeoutNs)
    {
        ulong nowNs = (ulong)Stopwatch.GetTimestamp();
        return timeoutNs > long.MaxValue - nowNs ? null : (long)(nowNs + timeoutNs);
    }
}
