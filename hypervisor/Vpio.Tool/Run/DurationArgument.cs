using System.Globalization;

namespace Vpio.Tool.Run;

/// <summary>Reads spans of time as the command line writes them: a number and its unit.</summary>
internal static class DurationArgument
{
    /// <summary>The forms accepted, for messages.</summary>
    internal const string Forms = "100us, 5ms, 2s or 1m";

    // Longest suffix first: "5ms" also ends in "s".
    private static readonly (string Unit, long Ticks)[] Units =
    [
        ("us", TimeSpan.TicksPerMicrosecond),
        ("ms", TimeSpan.TicksPerMillisecond),
        ("s", TimeSpan.TicksPerSecond),
        ("m", TimeSpan.TicksPerMinute),
    ];

    /// <summary>Reads a span of time.</summary>
    /// <param name="text">A number, whole or decimal, and directly after it us, ms, s or m.</param>
    /// <param name="duration">The time.</param>
    /// <returns>False for any other text, a bare number included, and for more time than <see cref="TimeSpan"/> holds.</returns>
    internal static bool TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        foreach ((string unit, long ticks) in Units)
        {
            if (text.EndsWith(unit, StringComparison.Ordinal))
                return TryScale(text.AsSpan(0, text.Length - unit.Length), ticks, out duration);
        }

        return false;
    }

    /// <summary>Writes a span of time the way it is read.</summary>
    /// <param name="duration">The time.</param>
    /// <returns>For example <c>100us</c>, <c>5ms</c> or <c>1.5s</c>.</returns>
    internal static string Format(TimeSpan duration) => duration switch
    {
        { Ticks: < TimeSpan.TicksPerMillisecond } => Text(duration.TotalMicroseconds, "us"),
        { Ticks: < TimeSpan.TicksPerSecond } => Text(duration.TotalMilliseconds, "ms"),
        _ => Text(duration.TotalSeconds, "s"),
    };

    private static string Text(double value, string unit) => value.ToString("0.###", CultureInfo.InvariantCulture) + unit;

    private static bool TryScale(ReadOnlySpan<char> number, long ticks, out TimeSpan duration)
    {
        duration = default;
        if (!decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal value))
            return false;
        if (value > TimeSpan.MaxValue.Ticks / ticks)
            return false;
        duration = new TimeSpan((long)(value * ticks));
        return true;
    }
}
