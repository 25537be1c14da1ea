using Vpio.Hypervisor.Scheduling;
using Vpio.Tool.Run;
using Vpio.Tool.Traffic;

namespace Vpio.Tool.Reporting;

/// <summary>Says at the end of a run, for people, what came of it.</summary>
/// <param name="report">What is known.</param>
/// <param name="width">The characters of a line.</param>
internal sealed class Summary(RunReport report, int width)
{
    private const int MostGuests = 64;
    private const int MostNamed = 5;
    private const int NameWidth = 19;

    private RunSnapshot Final => report.Final;

    /// <summary>Writes it.</summary>
    /// <param name="output">Where to.</param>
    internal void Write(TextWriter output)
    {
        WriteWrapped(output, Title(), indent: 0);
        output.WriteLine();
        foreach (string line in Table())
            output.WriteLine(line.TrimEnd());
        output.WriteLine();
        foreach ((string name, string text) in Figures())
            WriteWrapped(output, $"{name,-NameWidth}{text}", NameWidth);
        foreach (string sentence in report.Plan.Contents.NotCarried.Sentences)
            WriteWrapped(output, sentence + ".", 2);
        foreach (string line in Verdict())
            WriteWrapped(output, line, 2);
        output.Flush();
    }

    private void WriteWrapped(TextWriter output, string line, int indent)
    {
        while (line.Length > width)
        {
            int space = line.LastIndexOf(' ', width);
            if (space <= indent)
                break; // A word longer than the line: the terminal breaks it as well as anybody.
            output.WriteLine(line[..space].TrimEnd());
            line = new string(' ', indent) + line[(space + 1)..];
        }

        output.WriteLine(line);
    }

    private string Title()
    {
        string input = $"{report.Plan.Contents.Name} ({Figure.Count(report.Plan.Contents.Frames.Count, "frame")})";
        RunOptions options = report.Options;
        return $"{Figure.Count(Final.Guests.Count, "guest")} shared the NIC for {Figure.Seconds(Final.Elapsed, 2)} s, {(report.Plan.IsReplay ? "replaying" : "on")} {input}; "
            + $"slice {DurationArgument.Format(options.Slice)}, grace {DurationArgument.Format(options.Grace)}{TermsText(options)}, seed {options.Seed}";
    }

    private static string TermsText(RunOptions options) =>
        (options.Kinds.Text is { } kinds ? $", guests {kinds}" : "")
        + (options.Policy == OverrunPolicy.Stop ? "" : $", policy {options.Policy.ToString().ToLowerInvariant()}")
        + (options.Weights.Text is { } weights ? $", weights {weights}" : "");

    private IEnumerable<string> Table()
    {
        IReadOnlyList<GuestColumn> columns = [.. GuestColumn.Fitting(Final, width).Where(column => column.Header != "*")];
        string gap = new(' ', GuestColumn.Gap);
        yield return string.Join(gap, columns.Select(column => column.Pad(column.Header)));
        foreach (GuestSnapshot guest in Final.Guests.Take(MostGuests))
            yield return string.Join(gap, columns.Select(column => column.Pad(column.Text(Final, guest))));
        if (Final.Guests.Count > MostGuests)
            yield return $"and {Figure.Count(Final.Guests.Count - MostGuests, "guest")} more; --json lists all";
    }

    private IEnumerable<(string Name, string Text)> Figures()
    {
        yield return ("frames", FrameText());
        yield return ("hand-overs", $"{Figure.Count(Final.Statistics.HandOvers)}, revocations {Figure.Count(Final.Statistics.Revocations)}, forced stops {Figure.Count(Final.Statistics.ForcedStops)}");
        if (Final.Replacements > 0)
            yield return ("replaced", $"{Figure.Count(Final.Replacements, "guest")}, each stopped or ended before");
        yield return ("upcall to release", ReleaseText());
        if (report.Fairness.Guests > 0)
            yield return ("fairness", $"Jain {Figure.Index(report.Fairness.Jain)} over the device time{(report.Options.Weights.Text is null ? "" : " / weight")} of {Figure.Count(report.Fairness.Guests, "guest")}"
            + (report.Fairness.WasThroughout ? "" : "; they ended one by one, so it shows what each needed"));
        if (report.Plan.Contents.CutFrames > 0)
            yield return ("cut frames", $"{Figure.Count(report.Plan.Contents.CutFrames)} of the input were cut by its snap length; carried as captured");
    }

    private string FrameText()
    {
        string played = report.Plan.Wire == WireShape.FarEnd ? $"played {Figure.Count(report.FramesPlayed)}, " : "";
        string stopped = Final.FramesStoppedDropped + report.Verdict.FramesLeftBehind is > 0 and long count
            ? $", {(report.OutputFailure is null ? "gone with stopped guests" : "left at the broken wire")} {Figure.Count(count)}"
            : "";
        return $"{played}sent {Figure.Count(Final.FramesSent)}, received {Figure.Count(Final.FramesReceived)}, "
            + $"dropped from full parking {Figure.Count(Final.FramesParkedDropped)}{stopped}, lost {Figure.Count(report.Verdict.FramesLost)}";
    }

    private string ReleaseText() => Final.Statistics.UpcallToReleaseCount == 0
        ? "nobody was asked for the NIC"
        : $"p50 {Figure.Short(Final.Statistics.UpcallToReleaseP50)}, p99 {Figure.Short(Final.Statistics.UpcallToReleaseP99)}";

    private IEnumerable<string> Verdict()
    {
        if (report.Signal is not null)
            yield return "Interrupted: this is what was done until then.";
        if (Innocents() is { } innocents)
            yield return innocents;
        foreach (GuestSnapshot guest in Final.Guests.Where(guest => guest.EndOfProcess is not null).Take(MostNamed))
            yield return $"The process of {guest.Id} ended by itself: {guest.EndOfProcess}. What it had was taken from it.";
        if (report.OutputFailure is not null)
            yield return "The output is not whole: the wire broke where it could not be written.";
        else
            yield return report.Verdict.IsWhole ? "Every frame is accounted for." : "NOT every frame is accounted for:";
        foreach (string fault in report.Verdict.Faults)
            yield return "  " + fault;
        if (report.Verdict.FaultCount > report.Verdict.Faults.Count)
            yield return $"  and {Figure.Count(report.Verdict.FaultCount - report.Verdict.Faults.Count)} more of the kind.";
    }

    private string? Innocents()
    {
        string[] stopped = [.. Final.Guests.Where(guest => !guest.IsHog && guest.Ownership.ForcedStops > 0).Select(guest => guest.Id.ToString())];
        if (stopped.Length == 0)
            return null;
        string more = stopped.Length > MostNamed ? $" and {Figure.Count(stopped.Length - MostNamed)} more" : "";
        return $"{string.Join(", ", stopped.Take(MostNamed))}{more} did not release within the grace and {Fate(stopped.Length)} by force, "
            + "though no hog: this machine is too busy for it; a longer --grace helps.";
    }

    private string Fate(int guests) =>
        report.Options.Policy == OverrunPolicy.Detach ? "lost the NIC" : guests == 1 ? "was stopped" : "were stopped";
}
