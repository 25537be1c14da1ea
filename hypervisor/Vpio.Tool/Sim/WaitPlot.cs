using System.Text;
using ScottPlot;
using ScottPlot.Plottables;

namespace Vpio.Tool.Sim;

/// <summary>Draws how long guests waited: for each weight, which share of the waits was over by when, and the bound.</summary>
internal static class WaitPlot
{
    private const string Font = "DejaVu Sans"; // What there is on a Debian with any font at all; others take what they have.
    private const int Width = 960;
    private const int Height = 560;
    private const int Points = 400;
    private const double NanosecondsPerMillisecond = 1e6;

    /// <summary>Draws.</summary>
    /// <param name="report">What there is to draw.</param>
    /// <param name="format"><c>svg</c> or <c>png</c>.</param>
    /// <returns>The file.</returns>
    internal static byte[] Draw(SimReport report, string format)
    {
        using Plot plot = new();
        plot.Font.Set(Font);
        plot.Title($"Waiting for a device: {report.Run.Options.Guests} guests, {report.Run.Options.Devices} {(report.Run.Options.Devices == 1 ? "device" : "devices")}, load {report.Arguments.LoadName}");
        plot.XLabel("waiting time, ms");
        plot.YLabel("share of waits that were over by then");
        IPalette palette = new ScottPlot.Palettes.ColorblindFriendly();
        int colour = 0;
        foreach (SimClass each in report.Classes.Where(each => each.Waits.Count > 0))
            Add(plot, each, palette.GetColor(colour++));
        plot.Axes.SetLimits(0, 1.03 * report.Classes.Max(each => each.Waits.BoundNs) / NanosecondsPerMillisecond, 0, 1.02);
        plot.ShowLegend(Edge.Bottom).Legend.Orientation = Orientation.Horizontal;
        return format == "svg" ? Encoding.UTF8.GetBytes(plot.GetSvgXml(Width, Height)) : plot.GetImageBytes(Width, Height, ImageFormat.Png);
    }

    private static void Add(Plot plot, SimClass each, Color colour)
    {
        double[] shares = [.. Enumerable.Range(0, Points + 1).Select(point => (double)point / Points)];
        Scatter curve = plot.Add.ScatterLine(shares.Select(share => each.Waits.Percentile(share) / NanosecondsPerMillisecond).ToArray(), shares, colour);
        curve.LegendText = $"weight {each.Weight}";
        curve.LineWidth = 2;
        VerticalLine bound = plot.Add.VerticalLine(each.Waits.BoundNs / NanosecondsPerMillisecond, 1.5f, colour, LinePattern.Dashed);
        bound.LegendText = $"bound of weight {each.Weight}";
    }
}
