using Vpio.Abi;

namespace Vpio.Hypervisor.Scheduling;

/// <summary>Reads the hypervisor's monotonic clock in nanoseconds.</summary>
/// <param name="time">Where the time comes from: the system, or a simulation.</param>
internal sealed class Clock(TimeProvider time)
{
    /// <summary>Gets where the time comes from.</summary>
    public TimeProvider Time => time;

    /// <summary>Gets how <see cref="Counter"/> becomes <see cref="NowNs"/>: guests use the same, so that they read the same clock.</summary>
    public CounterConversion Conversion { get; } =
        CounterConversion.FromFrequency(unchecked((ulong)(time.GetTimestamp() - time.TimestampFrequency)), time.TimestampFrequency); // One second ago: 0 stays free to mean "none".

    /// <summary>Gets the timestamp that the clock is made of.</summary>
    public ulong Counter => unchecked((ulong)time.GetTimestamp());

    /// <summary>Gets the nanoseconds since shortly before the clock was made; always positive.</summary>
    public long NowNs => (long)Conversion.ToNs(Counter);

    /// <summary>Converts a span to nanoseconds.</summary>
    /// <param name="span">The span.</param>
    /// <returns>Its length, nanoseconds.</returns>
    public static long Nanoseconds(TimeSpan span) => span.Ticks * TimeSpan.NanosecondsPerTick;

    /// <summary>Converts nanoseconds to a span.</summary>
    /// <param name="nanoseconds">How long.</param>
    /// <returns>The span, rounded down to 100 ns.</returns>
    public static TimeSpan Span(long nanoseconds) => new(nanoseconds / TimeSpan.NanosecondsPerTick);
}
