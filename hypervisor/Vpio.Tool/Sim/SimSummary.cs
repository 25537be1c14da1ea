using System.Globalization;
using Vpio.Simulation;
using Vpio.Tool.Reporting;
using Vpio.Tool.Run;

namespace Vpio.Tool.Sim;

/// <summary>Says at the end of a simulation, for people, what came of it.</summary>
/// <param name="report">What is known.</param>
internal sealed class SimSummary(SimReport report)
{
    private const int NameWidth = 14;

    private SimulationRun Run => report.Run;

    /// <summary>Writes it.</summary>
    /// <param name="output">Where to.</param>
    internal void Write(TextWriter output)
    {
        output.WriteLine(Title());
        output.WriteLine();
        foreach (string line in Table())
            output.WriteLine(line);
        output.WriteLine();
        foreach ((string name, string text) in Figures())
            output.WriteLine($"{name,-NameWidth}{text}");
        foreach (string line in Verdict())
            output.WriteLine(line);
    }

    private string Title()
    {
        SimulationOptions options = Run.Options;
        return $"{Figure.Count(options.Guests, "guest")} shared {Figure.Count(options.Devices, "device")} for {DurationArgument.Format(options.Duration)} of virtual time; "
            + $"slice {DurationArgument.Format(options.Slice)}, grace {DurationArgument.Format(options.Grace)}, policy {options.Policy.ToString().ToLowerInvariant()}, "
            + $"load {report.Arguments.LoadName}, seed {options.Seed}";
    }

    private IEnumerable<string> Table()
    {
        yield return Row("weight", "guests", "waits", "p50 ms", "p99 ms", "max ms", "bound ms", "closest", "device ms a guest");
        foreach (SimClass each in report.Classes)
        {
            yield return Row(
                Figure.Count(each.Weight), Figure.Count(each.Guests), Figure.Count(each.Waits.Count),
                Milliseconds(each.Waits.Percentile(0.50)), Milliseconds(each.Waits.Percentile(0.99)), Milliseconds(each.Waits.LongestNs),
                Milliseconds(each.Waits.BoundNs), Percent(each.Waits.ClosestToBound), Milliseconds((long)each.OwnedNs));
        }
    }

    private IEnumerable<(string Name, string Text)> Figures()
    {
        yield return ("grants", $"{Figure.Count(Run.Usage.Grants)}, {Figure.Count(Run.Usage.AtOnce)} of them at once; hand-overs {Figure.Count(Run.Usage.HandOvers)}, revocations {Figure.Count(Run.Usage.Revocations)}");
        yield return ("forced ends", $"{Figure.Count(Run.ForcedEnds)}, quarantines {Figure.Count(Run.Quarantines)}, guests resumed {Figure.Count(Run.Host.Resumptions)}");
        if (Run.Options.ChaosEvery is not null)
            yield return ("mishaps", Figure.Count(Run.Mishaps));
        yield return ("utilisation", $"{Percent(report.AtWork)} at work, {Percent(report.Owned)} owned");
        yield return ("fairness", $"Jain {Figure.Index(report.Jain)} over device time for weight{(Run.Options.Devices > 1 ? ", at the device where it is lowest" : "")}");
        yield return ("checked", $"{Figure.Count(Run.Checker.Steps, "step")}, {Figure.Count(Run.Log.Count, "observation")}, sum {Run.Log.Hash:x16}");
    }

    private IEnumerable<string> Verdict()
    {
        if (report.Violation is { } violation)
        {
            yield return "NOT as promised: " + violation;
            yield return "Again: " + report.Arguments.CommandLine();
        }
        else
        {
            yield return "Every invariant held after every step, and nobody waited longer than the bound.";
        }
    }

    private static string Row(string weight, string guests, string waits, string p50, string p99, string max, string bound, string closest, string device) =>
        $"{weight,6}  {guests,6}  {waits,10}  {p50,10}  {p99,10}  {max,10}  {bound,10}  {closest,7}  {device,18}";

    private static string Milliseconds(long nanoseconds) => (nanoseconds / 1e6).ToString("#,0.00", CultureInfo.InvariantCulture);

    private static string Percent(double share) => (100 * share).ToString("0.0", CultureInfo.InvariantCulture) + "%";
}
