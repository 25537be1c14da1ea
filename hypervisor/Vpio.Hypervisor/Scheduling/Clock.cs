namespace Vpio.Hypervisor.Scheduling;

/// <summary>Reads the hypervisor's monotonic clock in nanoseconds.</summary>
/// <param name="time">Where the time comes from: the system, or a simulation.</param>
internal sealed class Clock(TimeProvider time)
{
    private const long NanosecondsPerSecond = 1_000_000_000;
    private readonly long _nanosecondsPerTick =
        NanosecondsPerSecond % time.TimestampFrequency == 0 ? NanosecondsPerSecond / time.TimestampFrequency : 0;

    private readonly long _start = time.GetTimestamp() - time.TimestampFrequency; // One second ago: 0 stays free to mean "none".

    /// <summary>Gets where the time comes from.</summary>
    public TimeProvider Time => time;

    /// <summary>Gets the nanoseconds since shortly before the clock was made; always positive.</summary>
    public long NowNs
    {
        get
        {
            long ticks = time.GetTimestamp() - _start;

            // Nearly every clock ticks a whole number of nanoseconds; the division of the others costs as much as reading it.
            return _nanosecondsPerTick != 0
                ? ticks * _nanosecondsPerTick
                : (long)((Int128)ticks * NanosecondsPerSecond / time.TimestampFrequency);
        }
    }

    /// <summary>Converts a span to nanoseconds.</summary>
    /// <param name="span">The span.</param>
    /// <returns>Its length, nanoseconds.</returns>
    public static long Nanoseconds(TimeSpan span) => span.Ticks * TimeSpan.NanosecondsPerTick;

    /// <summary>Converts nanoseconds to a span.</summary>
    /// <param name="nanoseconds">How long.</param>
    /// <returns>The span, rounded down to 100 ns.</returns>
    public static TimeSpan Span(long nanoseconds) => new(nanoseconds / TimeSpan.NanosecondsPerTick);
}
