using System.Text.RegularExpressions;

namespace Vpio.Repository.Tests;

/// <summary>Holds every MUST of docs/abi.md to an id, and every id to a row of its table of rules, whose tests CitationsTests resolves.</summary>
[TestFixture]
internal sealed partial class RulesTests
{
    private static readonly MarkdownPage Abi = MarkdownPage.Load("docs/abi.md");

    [Test]
    public void EveryMustHasAnIdAndEveryIdItsRow() => Assert.That(Breaches(Body(Abi.Text), RowsOf(Abi)), Is.Empty);

    [Test]
    public void PlantedRulesAreJudged()
    {
        string[][] rows = [["V1", "a rule", "`A.B`"]];
        Assert.That(Breaches("It MUST do so [V1].", rows), Is.Empty);
        Assert.That(Breaches("It MUST do so [V1]. It MUST NOT do that.", rows), Has.Exactly(1).Items, "no id");
        Assert.That(Breaches("It MUST do so [V1], and MUST NOT do that [V2].", rows), Has.Exactly(1).Items, "no row");
        Assert.That(Breaches("It may do so.", rows), Has.Exactly(1).Items, "no rule");
        Assert.That(Breaches("It MUST do so [V1].", [["V1", "a rule", ""]]), Has.Exactly(1).Items, "no test");
    }

    private static IEnumerable<string> Breaches(string text, IEnumerable<string[]> rows)
    {
        HashSet<string> used = [.. Id().Matches(text).Select(match => match.Groups[1].Value)];
        HashSet<string> told = [.. rows.Select(row => row[0])];
        // A sentence may bind twice under one id; one that binds has at least one.
        return Sentence().Matches(text).Select(match => match.Value).Where(sentence => sentence.Contains("MUST", StringComparison.Ordinal) && !Id().IsMatch(sentence)).Select(sentence => $"no id: {sentence.Trim()}")
            .Concat(used.Except(told).Select(id => $"{id} has no row"))
            .Concat(told.Except(used).Select(id => $"{id} is in no sentence"))
            .Concat(rows.Where(row => !row[2].Contains('`')).Select(row => $"{row[0]} has no test"));
    }

    private static List<string[]> RowsOf(MarkdownPage page) => page.TableUnder("Rules");

    // What the words mean is told in a sentence that binds nobody, and so are the ids.
    private static string Body(string text)
    {
        string rules = text[..text.IndexOf("\n## Rules", StringComparison.Ordinal)];
        return rules.Replace("MUST, MUST NOT, SHOULD", string.Empty, StringComparison.Ordinal).Replace("A rule that says MUST has an id", string.Empty, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\[([A-Z]\d+)\]")]
    private static partial Regex Id();

    [GeneratedRegex(@"[^.|]+(?:\.(?=\d)[^.|]+)*[.|]?")]
    private static partial Regex Sentence();
}
