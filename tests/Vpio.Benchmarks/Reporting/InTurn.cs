using System.Diagnostics;

namespace Vpio.Benchmarks.Reporting;

/// <summary>Measures several in turn, so that all meet the same weather.</summary>
internal static class InTurn
{
    // What is called often is compiled again, and better, in the background meanwhile.
    private static readonly TimeSpan WarmUpTime = TimeSpan.FromMilliseconds(300);

    /// <summary>Measures each in every round, and for a while before that, which is not counted.</summary>
    /// <param name="rounds">How many rounds.</param>
    /// <param name="measures">What measures each, once.</param>
    /// <returns>What came of each.</returns>
    public static Spread[] Measure(int rounds, IReadOnlyList<Func<double>> measures)
    {
        double[][] figures = [.. measures.Select(_ => new double[rounds])];
        foreach (Func<double> measure in measures)
            WarmUp(measure);
        for (int round = 0; round < rounds; round++)
        {
            // Each comes first as often as at any other place.
            for (int turn = 0; turn < measures.Count; turn++)
            {
                int which = (round + turn) % measures.Count;
                figures[which][round] = measures[which]();
            }
        }

        return [.. figures.Select(each => new Spread(each))];
    }

    private static void WarmUp(Func<double> measure)
    {
        long start = Stopwatch.GetTimestamp();
        do
        {
            measure();
        }
        while (Stopwatch.GetElapsedTime(start) < WarmUpTime);
    }
}
