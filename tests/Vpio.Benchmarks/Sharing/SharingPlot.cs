using System.Globalization;
using ScottPlot;
using ScottPlot.Plottables;

namespace Vpio.Benchmarks.Sharing;

/// <summary>Draws what sharing costs over the length of a slice: a curve for each number of guests.</summary>
internal static class SharingPlot
{
    private const string Font = "DejaVu Sans"; // What there is on a Debian with any font at all; others take what they have.
    private const int Width = 800;
    private const int Height = 480;

    /// <summary>Draws the throughput over that of one guest alone.</summary>
    /// <param name="rows">What was measured.</param>
    /// <returns>SVG.</returns>
    public static string Throughput(IReadOnlyList<SharingRow> rows)
    {
        using Plot plot = Curves(rows, "Throughput of guests that share one NIC", "over one guest alone", row => row.Throughput.Median);
        plot.Axes.SetLimitsY(0, 1.1);
        plot.ShowLegend(Alignment.LowerRight);
        return plot.GetSvgXml(Width, Height);
    }

    /// <summary>Draws how long a guest waits for its turn.</summary>
    /// <param name="rows">What was measured.</param>
    /// <returns>SVG.</returns>
    public static string Waiting(IReadOnlyList<SharingRow> rows)
    {
        using Plot plot = Curves(rows, "How long a guest waits for the NIC, in the mean", "wait, ms", row => Math.Log10(row.MeanWaitMs.Median));
        plot.Axes.Left.SetTicks([.. PowersOfTen(-2, 4).Select(power => (double)power)], [.. PowersOfTen(-2, 4).Select(InDecimals)]);
        plot.ShowLegend(Alignment.UpperLeft);
        return plot.GetSvgXml(Width, Height);
    }

    private static Plot Curves(IReadOnlyList<SharingRow> rows, string title, string figure, Func<SharingRow, double> height)
    {
        Plot plot = new();
        plot.Font.Set(Font);
        plot.Title(title);
        plot.XLabel("slice, ms");
        plot.YLabel(figure);
        IPalette palette = new ScottPlot.Palettes.ColorblindFriendly();
        int colour = 0;
        foreach (IGrouping<int, SharingRow> guests in rows.GroupBy(row => row.Setting.Guests))
        {
            Scatter curve = plot.Add.Scatter(
                guests.Select(row => Math.Log10(row.Setting.Slice.TotalMilliseconds)).ToArray(), guests.Select(height).ToArray(), palette.GetColor(colour++));
            curve.LegendText = string.Create(CultureInfo.InvariantCulture, $"{guests.Key} guests");
            curve.LineWidth = 2;
            curve.MarkerSize = 7;
        }

        plot.Axes.Bottom.SetTicks([.. PowersOfTen(-1, 2).Select(power => (double)power)], [.. PowersOfTen(-1, 2).Select(InDecimals)]);
        return plot;
    }

    private static IEnumerable<int> PowersOfTen(int least, int most) => Enumerable.Range(least, most - least + 1);

    private static string InDecimals(int power) => Math.Pow(10, power).ToString("0.####", CultureInfo.InvariantCulture);
}
