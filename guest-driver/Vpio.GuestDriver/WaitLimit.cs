using System.Diagnostics;
using Vpio.Abi.Operations;

namespace Vpio.GuestDriver;

/// <summary>Is the end of a bounded wait.</summary>
internal readonly struct WaitLimit
{
    private readonly long _start;
    private readonly TimeSpan _timeout;

    /// <summary>Begins a wait now.</summary>
    /// <param name="timeout">How long at most; <see cref="Timeout.InfiniteTimeSpan"/> for no limit.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is negative and not infinite.</exception>
    internal WaitLimit(TimeSpan timeout)
    {
        if (timeout < TimeSpan.Zero && timeout != Timeout.InfiniteTimeSpan)
            throw new ArgumentOutOfRangeException(nameof(timeout), $"A wait lasts zero or more, or for ever (Timeout.InfiniteTimeSpan); {timeout} is neither.");
        _timeout = timeout;
        _start = IsEndless ? 0 : Stopwatch.GetTimestamp();
    }

    /// <summary>Gets no end.</summary>
    internal static WaitLimit None => new(Timeout.InfiniteTimeSpan);

    /// <summary>Gets whether the time is over.</summary>
    internal bool IsOver => !IsEndless && Stopwatch.GetElapsedTime(_start) >= _timeout;

    /// <summary>Gets what a monitor may sleep, milliseconds: rounded up, so that the last sleep does not spin.</summary>
    internal int RemainingMilliseconds
    {
        get
        {
            if (IsEndless)
                return Timeout.Infinite;
            double remaining = Math.Ceiling((_timeout - Stopwatch.GetElapsedTime(_start)).TotalMilliseconds);
            return (int)Math.Clamp(remaining, 0, int.MaxValue);
        }
    }

    /// <summary>Gets what DEVOP_wait may sleep, nanoseconds.</summary>
    internal ulong RemainingNs => IsEndless ? WaitArgs.Forever : (ulong)Math.Max(0, Math.Ceiling((_timeout - Stopwatch.GetElapsedTime(_start)).TotalNanoseconds));

    private bool IsEndless => _timeout == Timeout.InfiniteTimeSpan;
}
