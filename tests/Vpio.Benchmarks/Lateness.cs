using System.Diagnostics;
using System.Globalization;

namespace Vpio.Benchmarks;

/// <summary>Is how late something was, again and again.</summary>
/// <param name="name">What.</param>
/// <param name="sample">Does it once.</param>
internal sealed class Lateness(string name, Func<TimeSpan> sample)
{
    private readonly List<double> _us = [];

    /// <summary>Makes the lateness of a sleep.</summary>
    /// <param name="name">What sleeps.</param>
    /// <param name="time">How long it should.</param>
    /// <param name="sleep">Sleeps.</param>
    /// <returns>The lateness, of no samples yet.</returns>
    public static Lateness OfSleep(string name, TimeSpan time, Action sleep) => new(name, () =>
    {
        long start = Stopwatch.GetTimestamp();
        sleep();
        return Stopwatch.GetElapsedTime(start) - time;
    });

    /// <summary>Takes samples.</summary>
    /// <param name="count">How many.</param>
    public void Take(int count)
    {
        for (int i = 0; i < count; i++)
            _us.Add(sample().TotalMicroseconds);
    }

    /// <summary>Tells median, 99th percentile and the most, microseconds.</summary>
    /// <returns>A row.</returns>
    public string[] Row() => [name, At(0.50), At(0.99), At(1)];

    private string At(double share) => _us.Order().ElementAt((int)((_us.Count - 1) * share)).ToString("#,0.0", CultureInfo.InvariantCulture);
}
