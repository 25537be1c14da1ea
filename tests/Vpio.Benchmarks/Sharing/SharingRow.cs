using System.Globalization;
using Vpio.Benchmarks.Reporting;

namespace Vpio.Benchmarks.Sharing;

/// <summary>Is what several rounds say of one setting.</summary>
/// <param name="Setting">The setting.</param>
/// <param name="Rounds">Its rounds.</param>
internal sealed record SharingRow(SharingSetting Setting, IReadOnlyList<SharingRound> Rounds)
{
    /// <summary>Gets the throughput over that of one guest alone.</summary>
    public Spread Throughput => new([.. Rounds.Select(round => round.Figures.FramesPerSecond / round.ExclusiveFramesPerSecond)]);

    /// <summary>Gets how long a guest waits in the mean, milliseconds.</summary>
    public Spread MeanWaitMs => Of(figures => figures.MeanWaitMs);

    /// <summary>Writes the row of the table.</summary>
    /// <returns>Its cells.</returns>
    public IReadOnlyList<string> Cells() =>
    [
        Setting.Guests.ToString(CultureInfo.InvariantCulture),
        Setting.Slice.TotalMilliseconds.ToString(CultureInfo.InvariantCulture),
        Throughput.ToString("0.000"),
        MeanWaitMs.ToString("0.000"),
        Of(figures => figures.WaitP99Ms).ToString("0.000"),
        Of(figures => figures.Jain).ToString("0.0000"),
    ];

    private Spread Of(Func<SharingFigures, double> figure) => new([.. Rounds.Select(round => figure(round.Figures))]);
}
