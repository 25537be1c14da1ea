using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Vpio.Benchmarks.Ownership;

/// <summary>Measures what one take and one give-back cost while nobody else wants the same.</summary>
internal static class UncontendedPairs
{
    // A batch is called often, so that the compiler optimises it before anything counts.
    private const int PairsOfBatch = 1000;

    /// <summary>Measures.</summary>
    /// <typeparam name="TPair">What.</typeparam>
    /// <param name="pair">What.</param>
    /// <param name="thousands">How often, in thousands.</param>
    /// <returns>Nanoseconds a pair.</returns>
    public static double Measure<TPair>(TPair pair, int thousands)
        where TPair : struct, IPair
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < thousands; i++)
            Batch(ref pair);
        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / ((double)thousands * PairsOfBatch);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Batch<TPair>(ref TPair pair)
        where TPair : struct, IPair
    {
        for (int i = 0; i < PairsOfBatch; i++)
            pair.TakeAndGiveBack();
    }
}
