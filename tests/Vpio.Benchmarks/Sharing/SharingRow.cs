using System.Globalization;
using Vpio.Benchmarks.Reporting;

namespace Vpio.Benchmarks.Sharing;

/// <summary>Is what several rounds say of one setting.</summary>
/// <param name="Setting">The setting.</param>
/// <param name="Rounds">Its figures, one of each round.</param>
/// <param name="Exclusive">Those of one guest alone in the same rounds.</param>
internal sealed record SharingRow(SharingSetting Setting, IReadOnlyList<SharingFigures> Rounds, IReadOnlyList<SharingFigures> Exclusive)
{
    /// <summary>Gets the throughput over that of one guest alone.</summary>
    public Spread Throughput => Of(Rounds, each => each.FramesPerSecond).Over(Of(Exclusive, each => each.FramesPerSecond));

    /// <summary>Gets how long a guest waits in the mean, milliseconds.</summary>
    public Spread MeanWaitMs => Of(Rounds, each => each.MeanWaitMs);

    /// <summary>Writes the row of the table.</summary>
    /// <returns>Its cells.</returns>
    public IReadOnlyList<string> Cells() =>
    [
        Setting.Guests.ToString(CultureInfo.InvariantCulture),
        Setting.Guests == 1 ? "any" : Setting.Slice.TotalMilliseconds.ToString(CultureInfo.InvariantCulture),
        Throughput.ToString("0.000"),
        MeanWaitMs.ToString("0.000"),
        Of(Rounds, each => each.WaitP99Ms).ToString("0.000"),
        Of(Rounds, each => each.Jain).ToString("0.0000"),
    ];

    private static Spread Of(IReadOnlyList<SharingFigures> rounds, Func<SharingFigures, double> figure) => new([.. rounds.Select(figure)]);
}
