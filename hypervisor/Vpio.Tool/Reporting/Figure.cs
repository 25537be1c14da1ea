using System.Globalization;

namespace Vpio.Tool.Reporting;

/// <summary>Writes figures the way all reports do, whatever the machine's language.</summary>
internal static class Figure
{
    /// <summary>Writes a count, thousands apart.</summary>
    internal static string Count(long count) => count.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>Writes a count.</summary>
    internal static string Count(ulong count) => count.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>Writes a count and what is counted.</summary>
    /// <param name="count">How many.</param>
    /// <param name="one">What one is called; more get an s.</param>
    internal static string Count(long count, string one) => $"{Count(count)} {one}{(count == 1 ? "" : "s")}";

    /// <summary>Writes a short time with the unit that suits it.</summary>
    internal static string Short(TimeSpan time) => time.TotalMilliseconds < 10
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalMicroseconds:0.#}us")
        : string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0.#}ms");

    /// <summary>Writes a time in milliseconds, without unit.</summary>
    internal static string Milliseconds(TimeSpan time) => time.TotalMilliseconds.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>Writes a time in seconds, without unit.</summary>
    internal static string Seconds(TimeSpan time, int digits) => time.TotalSeconds.ToString("F" + digits, CultureInfo.InvariantCulture);

    /// <summary>Writes an index of 0 to 1.</summary>
    internal static string Index(double index) => index.ToString("0.0000", CultureInfo.InvariantCulture);
}
