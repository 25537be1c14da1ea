using System.Text.RegularExpressions;

namespace Vpio.Repository.Tests;

/// <summary>Resolves what pages and sources cite of each other: tests by name, sections of the specification by page and heading.</summary>
internal static partial class Citations
{
    /// <summary>Finds the tests that a page names and the tree does not have.</summary>
    public static IEnumerable<string> MissingTests(MarkdownPage page, SourceTree sources)
    {
        foreach (Match match in TestName().Matches(page.Text))
        {
            (string fixture, string test) = (match.Groups[1].Value, match.Groups[2].Value);
            bool exists = test.Length == 0
                ? sources.HasType(fixture)
                : sources.Members(fixture, test).Any(member => Attribute().IsMatch(member.AttributeLists.ToString()));
            if (!exists)
                yield return $"{page.Path} names the test {match.Value}, which does not exist.";
        }
    }

    /// <summary>Finds the sections that a source file cites and the pages do not have.</summary>
    public static IEnumerable<string> MissingSections(string path, string source)
    {
        foreach (Match match in Section().Matches(source))
        {
            (string page, string heading) = (match.Groups[1].Value, match.Groups[2].Value);
            if (!Checkout.Exists(page))
                yield return $"{path} cites {page}, which does not exist.";
            else if (heading.Length > 0 && !MarkdownPage.Load(page).Headings.Contains(heading))
                yield return $"{path} cites the section \"{heading}\" of {page}, which does not exist.";
        }
    }

    [GeneratedRegex(@"\b([A-Z]\w+Tests)\b(?:\.([A-Z]\w+))?")]
    private static partial Regex TestName();

    [GeneratedRegex(@"\b(Test|TestCase|TestCaseSource|Theory)\b")]
    private static partial Regex Attribute();

    [GeneratedRegex("<c>(docs/[\\w./-]+\\.md)</c>(?:, \"([^\"]+)\")?")]
    private static partial Regex Section();
}
