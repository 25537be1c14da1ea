using Vpio.Tool.Accounting;

namespace Vpio.Benchmarks.Sharing;

/// <summary>Is what one measurement of guests that share came to.</summary>
/// <param name="FramesPerSecond">What all of them sent.</param>
/// <param name="MeanWaitMs">How long a guest waits for its turn in the mean, milliseconds.</param>
/// <param name="WaitP99Ms">How long 99 of 100 waits last at most, milliseconds.</param>
/// <param name="Jain">Jain's index of how long each owned the NIC.</param>
internal readonly record struct SharingFigures(double FramesPerSecond, double MeanWaitMs, double WaitP99Ms, double Jain)
{
    /// <summary>Puts them together.</summary>
    /// <param name="framesPerSecond">What all of them sent.</param>
    /// <param name="waitsMs">Each wait, milliseconds.</param>
    /// <param name="ownedMs">How long each guest owned the NIC, milliseconds.</param>
    /// <returns>The figures; no wait is a wait of 0.</returns>
    public static SharingFigures Of(double framesPerSecond, IReadOnlyCollection<double> waitsMs, IReadOnlyCollection<double> ownedMs)
    {
        double[] sorted = [.. waitsMs.Order().DefaultIfEmpty(0)];
        return new SharingFigures(framesPerSecond, sorted.Average(), sorted[(((sorted.Length * 99) + 99) / 100) - 1], JainIndex.Of(ownedMs));
    }
}
