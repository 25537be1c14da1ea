using System.Globalization;
using System.Text;
using ScottPlot;
using ScottPlot.Plottables;

namespace Vpio.Tool.Bench;

/// <summary>Draws the figures: for each way a bar of exits a frame, on a scale of powers of ten, with the throughput beside it.</summary>
internal static class ExitsPlot
{
    private const string Font = "DejaVu Sans"; // What there is on a Debian with any font at all; others take what they have.
    private const int Width = 960;
    private const int Height = 560;
    private const int LeastPower = -4;
    private const int MostPower = 1;
    private const double HalfPair = 0.2;

    /// <summary>Draws.</summary>
    /// <param name="figures">What there is to draw.</param>
    /// <param name="format"><c>svg</c> or <c>png</c>.</param>
    /// <returns>The file.</returns>
    internal static byte[] Draw(IReadOnlyList<WayFigures> figures, string format)
    {
        using Plot plot = new();
        plot.Font.Set(Font);
        plot.Title("Four ways to give guests a NIC: exits a frame, and throughput over the exclusive NIC's");
        plot.YLabel("exits a frame");
        IPalette palette = new ScottPlot.Palettes.ColorblindFriendly();
        int colour = 0;
        foreach (IGrouping<NicTraffic, WayFigures> traffic in figures.GroupBy(each => each.Traffic))
        {
            double shift = colour == 0 ? -HalfPair : HalfPair;
            Color fill = palette.GetColor(colour++);
            BarPlot bars = plot.Add.Bars(traffic.Select((each, place) => Bar(each, place + shift, fill)).ToArray());
            bars.LegendText = traffic.Key.Name;
            bars.ValueLabelStyle.FontSize = 11;
        }

        plot.Axes.Bottom.SetTicks([.. NicWay.All.Select((_, place) => (double)place)], [.. NicWay.All.Select(way => way.Name)]);
        int[] powers = [.. Enumerable.Range(LeastPower, MostPower - LeastPower + 1)];
        plot.Axes.Left.SetTicks([.. powers.Select(power => (double)(power - LeastPower))], [.. powers.Select(power => Math.Pow(10, power).ToString("0.####", CultureInfo.InvariantCulture))]);
        plot.Axes.SetLimitsY(0, MostPower - LeastPower);
        plot.ShowLegend(Alignment.UpperLeft);
        return format == "svg" ? Encoding.UTF8.GetBytes(plot.GetSvgXml(Width, Height)) : plot.GetImageBytes(Width, Height, ImageFormat.Png);
    }

    private static Bar Bar(WayFigures each, double position, Color fill) => new()
    {
        Position = position,
        Value = Math.Max(0, Math.Log10(each.ExitsPerFrame.Median) - LeastPower),
        Size = 2 * HalfPair * 0.9,
        FillColor = fill,
        Label = string.Create(CultureInfo.InvariantCulture, $"{each.ExitsPerFrame.Median:0.####} ({each.Throughput.Median:0.00} x)"),
    };
}
