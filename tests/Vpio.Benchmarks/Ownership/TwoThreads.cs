using System.Diagnostics;

namespace Vpio.Benchmarks.Ownership;

/// <summary>Times two threads that take turns.</summary>
internal static class TwoThreads
{
    /// <summary>Measures.</summary>
    /// <param name="turns">How many turns both take together.</param>
    /// <param name="side">Takes the turns of one side, 0 or 1.</param>
    /// <returns>How long a turn took, nanoseconds.</returns>
    public static double Measure(int turns, Action<int> side)
    {
        using Barrier start = new(2);
        Thread other = new(() =>
        {
            start.SignalAndWait();
            side(1);
        });
        other.Start();
        start.SignalAndWait();
        long began = Stopwatch.GetTimestamp();
        side(0);
        other.Join();
        return Stopwatch.GetElapsedTime(began).TotalNanoseconds / turns;
    }
}
