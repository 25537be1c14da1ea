using System.Text.RegularExpressions;

namespace Vpio.Repository.Tests;

/// <summary>Holds each obligation of the specification to an id, and each id to a row that names the test of it.</summary>
internal static partial class Obligations
{
    private const string Rows = "What is tested";

    /// <summary>Finds obligations without an id of their own, and ids without an obligation.</summary>
    public static IEnumerable<string> TextFaults(MarkdownPage page) =>
        SentencesOf(page).SelectMany(FaultsOf).Select(fault => $"{page.Path}: {fault}");

    /// <summary>Finds ids without a row, rows without an id, and rows without a test.</summary>
    public static IEnumerable<string> RowFaults(MarkdownPage page)
    {
        string[] ids = [.. IdsOf(page)];
        string[][] rows = page.Headings.Contains(Rows) ? [.. page.TableUnder(Rows)] : [];
        string[] listed = [.. rows.Select(row => row[0])];
        return ids.Except(listed).Select(id => $"[{id}] has no row under \"{Rows}\"")
            .Concat(ids.Length == 0 ? [] : listed.Except(ids).Select(id => $"the row {id} is of no obligation"))
            .Concat(ids.Length == 0 ? [] : listed.CountBy(id => id).Where(each => each.Value > 1).Select(each => $"{each.Key} has {each.Value} rows"))
            .Concat(rows.Where(row => ids.Contains(row[0]) && !Test().IsMatch(row[^1])).Select(row => $"the row {row[0]} names no test"))
            .Select(fault => $"{page.Path}: {fault}");
    }

    /// <summary>Finds ids that stand for more than one obligation, on one page or on several.</summary>
    public static IEnumerable<string> SharedIds(IEnumerable<MarkdownPage> pages) =>
        pages.SelectMany(page => IdsOf(page)).CountBy(id => id).Where(each => each.Value > 1).Select(each => $"[{each.Key}] stands for {each.Value} obligations");

    /// <summary>Reads the ids of a page, in its order.</summary>
    public static IEnumerable<string> IdsOf(MarkdownPage page) =>
        SentencesOf(page).SelectMany(sentence => Id().Matches(sentence)).Select(match => match.Groups[1].Value);

    private static IEnumerable<string> SentencesOf(MarkdownPage page) =>
        page.BlocksOutside(Rows).SelectMany(block => SentenceEnd().Split(block));

    private static IEnumerable<string> FaultsOf(string sentence)
    {
        string[] parts = Obligation().Split(sentence);
        if (Id().IsMatch(parts[0]))
            yield return $"an id without a MUST before it in \"{sentence}\"";
        foreach (string part in parts.Skip(1))
        {
            int ids = Id().Count(part);
            if (ids != 1)
                yield return $"a MUST with {ids} ids in \"{sentence}\"";
        }
    }

    [GeneratedRegex(@"\bMUST\b")]
    private static partial Regex Obligation();

    [GeneratedRegex(@"\[([A-Z]\d+)\]")]
    private static partial Regex Id();

    [GeneratedRegex(@"(?<=[.!?])\s+")]
    private static partial Regex SentenceEnd();

    [GeneratedRegex(@"\b[A-Z]\w+Tests\.[A-Z]\w+")]
    private static partial Regex Test();
}
