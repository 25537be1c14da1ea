using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Vpio.Benchmarks.Ownership;

/// <summary>Measures what one take and one give-back cost while nobody else wants the same.</summary>
internal static class UncontendedPairs
{
    // A batch is called often, so that the compiler optimises it before anything counts.
    private const int PairsOfBatch = 1000;

    /// <summary>Measures.</summary>
    /// <typeparam name="TExclusion">What is taken.</typeparam>
    /// <param name="exclusion">What is taken.</param>
    /// <param name="pairs">How often, in thousands.</param>
    /// <returns>Nanoseconds a pair.</returns>
    public static double Measure<TExclusion>(TExclusion exclusion, int pairs = 500)
        where TExclusion : struct, IExclusion
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < pairs; i++)
            Batch(ref exclusion);
        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / (pairs * PairsOfBatch);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Batch<TExclusion>(ref TExclusion exclusion)
        where TExclusion : struct, IExclusion
    {
        for (int i = 0; i < PairsOfBatch; i++)
        {
            exclusion.Take();
            exclusion.GiveBack();
        }
    }
}
