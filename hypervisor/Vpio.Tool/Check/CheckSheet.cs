using System.Globalization;
using System.Text;
using Vpio.Conformance;
using Vpio.Tool.Run;

namespace Vpio.Tool.Check;

/// <summary>Writes the score sheet as a table in Markdown: a line for each case, a column for each kind of guest; and what failed below it.</summary>
internal static class CheckSheet
{
    /// <summary>Writes it.</summary>
    /// <param name="outcomes">The outcomes, case by case, for each kind.</param>
    internal static string Write(IReadOnlyDictionary<GuestKind, IReadOnlyList<CaseOutcome>> outcomes)
    {
        StringBuilder text = new();
        text.AppendLine(CultureInfo.InvariantCulture, $"| Case | Holds | {string.Join(" | ", outcomes.Keys.Select(GuestKinds.Name))} |");
        text.AppendLine(CultureInfo.InvariantCulture, $"| --- | --- |{string.Concat(outcomes.Keys.Select(_ => " --- |"))}");
        IReadOnlyList<CaseOutcome> first = outcomes.Values.First();
        for (int i = 0; i < first.Count; i++)
        {
            ConformanceCase each = first[i].Case;
            text.AppendLine(CultureInfo.InvariantCulture, $"| `{each.Name}` | {each.Rule} | {string.Join(" | ", outcomes.Values.Select(kind => Word(kind[i].Verdict)))} |");
        }

        text.AppendLine();
        foreach ((GuestKind kind, IReadOnlyList<CaseOutcome> cases) in outcomes)
            text.AppendLine(Summary(kind, cases));
        foreach ((GuestKind kind, CaseOutcome failed) in outcomes.SelectMany(kind => kind.Value.Where(each => each.Verdict == CaseVerdict.Failed).Select(each => (kind.Key, each))))
            text.AppendLine(CultureInfo.InvariantCulture, $"{GuestKinds.Name(kind)}: {failed.Case.Name} FAILED: {failed.Reason}.");
        return text.ToString();
    }

    private static string Summary(GuestKind kind, IReadOnlyList<CaseOutcome> cases)
    {
        int Count(CaseVerdict verdict) => cases.Count(each => each.Verdict == verdict);
        string left = Count(CaseVerdict.NotApplicable) > 0 ? $", {Count(CaseVerdict.NotApplicable)} not applicable ({string.Join("; ", cases.Where(each => each.Verdict == CaseVerdict.NotApplicable).Select(each => each.Reason).Distinct())})" : string.Empty;
        return $"{GuestKinds.Name(kind)}: {Count(CaseVerdict.Passed)} passed, {Count(CaseVerdict.Failed)} failed{left}.";
    }

    private static string Word(CaseVerdict verdict) => verdict switch
    {
        CaseVerdict.Passed => "passed",
        CaseVerdict.NotApplicable => "n/a",
        _ => "**FAILED**",
    };
}
