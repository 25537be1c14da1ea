using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Vpio.Tool.Run;

namespace Vpio.Tool.Bench;

/// <summary>Writes the figures as a table in Markdown, with the machine and the day above it: medians, and lowest to highest of the rounds.</summary>
internal static class ExitsTable
{
    /// <summary>Writes it.</summary>
    /// <param name="options">What was measured.</param>
    /// <param name="figures">The figures.</param>
    internal static string Write(ExitsOptions options, IReadOnlyList<WayFigures> figures)
    {
        StringBuilder text = new();
        text.AppendLine(CultureInfo.InvariantCulture, $"Guests in KVM virtual machines, the C program on the sample's frames as fast as it goes; {options.Rounds} rounds of {DurationArgument.Format(options.Duration)}, slice {DurationArgument.Format(options.Slice)}.");
        text.AppendLine(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} processors ({RuntimeInformation.ProcessArchitecture}), {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}, {DateTime.UtcNow:yyyy-MM-dd}.");
        text.AppendLine(Placement.Find().Describe());
        foreach (IGrouping<NicTraffic, WayFigures> traffic in figures.GroupBy(each => each.Traffic))
        {
            text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"| {traffic.Key.Name} | exits a frame | of them kicks | of emulation's | cycles a frame | frames a second | of exclusive |");
            text.AppendLine("| --- | --- | --- | --- | --- | --- | --- |");
            foreach (WayFigures each in traffic)
                text.AppendLine(CultureInfo.InvariantCulture, $"| {each.Way.Name} | {Say(each.ExitsPerFrame, "0.0000")} | {Say(each.KicksPerFrame, "0.0000")} | {Say(each.Exits, "0.0000")} | {Say(each.CyclesPerFrame, "#,0")} | {Say(each.FramesPerSecond, "#,0")} | {Say(each.Throughput, "0.000")} |");
        }

        return text.ToString();
    }

    private static string Say(Spread figure, string format) => string.Create(
        CultureInfo.InvariantCulture,
        $"{figure.Median.ToString(format, CultureInfo.InvariantCulture)} [{figure.Lowest.ToString(format, CultureInfo.InvariantCulture)}, {figure.Highest.ToString(format, CultureInfo.InvariantCulture)}]");
}
