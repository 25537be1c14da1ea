using System.Diagnostics;

namespace Vpio.Benchmarks;

/// <summary>Lets microseconds pass, which no sleep of the framework can: until the other side of a benchmark is where it waits.</summary>
internal static class ShortRest
{
    /// <summary>Spins for a while.</summary>
    /// <param name="microseconds">How long.</param>
    public static void Take(int microseconds)
    {
        for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start).TotalMicroseconds < microseconds;)
            Thread.SpinWait(10);
    }
}
