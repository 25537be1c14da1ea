using System.Text.RegularExpressions;

namespace Vpio.Repository.Tests;

/// <summary>Is a Markdown page as its readers follow it: headings, their anchors, links, tables.</summary>
/// <param name="path">Where it is, from the root.</param>
/// <param name="text">What it says.</param>
internal sealed partial class MarkdownPage(string path, string text)
{
    private readonly string[] _lines = WithoutFences(text);

    public string Path => path;

    public string Text => text;

    /// <summary>Gets the headings, without their number signs.</summary>
    public IEnumerable<string> Headings =>
        _lines.Select(line => Heading().Match(line)).Where(match => match.Success).Select(match => match.Groups[1].Value.Trim());

    /// <summary>Gets the anchors that GitHub makes of the headings.</summary>
    public HashSet<string> Anchors
    {
        get
        {
            HashSet<string> anchors = [];
            foreach (string heading in Headings)
            {
                string anchor = AnchorOf(heading);
                for (int copy = 1; !anchors.Add(anchor); copy++)
                    anchor = $"{AnchorOf(heading)}-{copy}";
            }

            return anchors;
        }
    }

    /// <summary>Gets the targets of links and images, those in code left out.</summary>
    public IEnumerable<string> Links =>
        _lines.SelectMany(line => Link().Matches(InlineCode().Replace(line, "``"))).Select(match => match.Groups[1].Value);

    /// <summary>Gets the fenced blocks of code.</summary>
    public IEnumerable<CodeFence> Fences
    {
        get
        {
            string[] lines = text.ReplaceLineEndings("\n").Split('\n');
            string section = "";
            for (int i = 0; i < lines.Length; i++)
            {
                if (Heading().Match(lines[i]) is { Success: true } heading)
                    section = heading.Groups[1].Value.Trim();
                Match opening = FenceOpening().Match(lines[i]);
                if (!opening.Success)
                    continue;
                int end = Array.FindIndex(lines, i + 1, line => line.Trim() == opening.Groups["marks"].Value);
                int past = end < 0 ? lines.Length : end;
                string above = lines.Take(i).LastOrDefault() ?? "";
                string indent = opening.Groups["indent"].Value;
                IEnumerable<string> code = lines[(i + 1)..past].Select(line => line.StartsWith(indent, StringComparison.Ordinal) ? line[indent.Length..] : line);
                yield return new CodeFence(path, i + 1, section, opening.Groups["language"].Value, Comment().Match(above).Groups[1].Value, string.Concat(code.Select(line => line + "\n")));
                i = past;
            }
        }
    }

    /// <summary>Gets what is read in one go: each paragraph, list item and table cell on one line, what is in code left out; of the section under one heading nothing.</summary>
    /// <param name="leftOut">That heading.</param>
    public IEnumerable<string> BlocksOutside(string leftOut)
    {
        bool isLeftOut = false;
        string block = "";
        foreach (string line in _lines.Append(""))
        {
            Match heading = Heading().Match(line);
            if (line.Trim().Length == 0 || heading.Success || BeginsABlock().IsMatch(line))
            {
                if (block.Length > 0)
                    yield return block;
                block = "";
            }

            if (heading.Success)
                isLeftOut = heading.Groups[1].Value.Trim() == leftOut;
            if (heading.Success || isLeftOut)
                continue;

            string prose = InlineCode().Replace(line, "``").Trim();
            if (!prose.StartsWith('|'))
            {
                block = $"{block} {prose}".Trim();
                continue;
            }

            foreach (string cell in CellsOf(prose))
                yield return cell;
        }
    }

    /// <summary>Gets the first line that is neither heading nor empty.</summary>
    public string OpeningLine =>
        _lines.FirstOrDefault(line => line.Trim().Length > 0 && !Heading().IsMatch(line)) ?? "";

    public static MarkdownPage Load(string path) => new(path, Checkout.Read(path));

    /// <summary>Reads the first table under a heading, rows of trimmed cells, the head left out.</summary>
    /// <param name="heading">The heading.</param>
    public List<string[]> TableUnder(string heading)
    {
        IEnumerable<string> after = _lines.SkipWhile(line => Heading().Match(line).Groups[1].Value.Trim() != heading).Skip(1);
        string[] table = [.. after
            .TakeWhile(line => !Heading().IsMatch(line))
            .SkipWhile(line => !line.StartsWith('|'))
            .TakeWhile(line => line.StartsWith('|'))];
        if (table.Length < 3)
            throw new InvalidOperationException($"{path} has no table under the heading \"{heading}\".");
        return [.. table.Skip(2).Select(CellsOf)];
    }

    private static string[] CellsOf(string row) =>
        [.. row.Trim().Trim('|').Split('|').Select(cell => cell.Trim())];

    private static string AnchorOf(string heading) =>
        NotInAnchors().Replace(heading.ToLowerInvariant(), "").Replace(' ', '-');

    private static string[] WithoutFences(string text)
    {
        bool inFence = false;
        List<string> lines = [];
        foreach (string line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            bool isFence = line.TrimStart().StartsWith("```", StringComparison.Ordinal);
            inFence ^= isFence;
            lines.Add(inFence || isFence ? "" : line);
        }

        return [.. lines];
    }

    [GeneratedRegex(@"^#{1,6}\s+(.+)$")]
    private static partial Regex Heading();

    [GeneratedRegex(@"^\s*([-*]|\d+\.|\|)\s?")]
    private static partial Regex BeginsABlock();

    [GeneratedRegex(@"!?\[[^\]]*\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("`[^`]+`")]
    private static partial Regex InlineCode();

    [GeneratedRegex("^(?<indent> *)(?<marks>`{3,})(?<language>[^`]*)$")]
    private static partial Regex FenceOpening();

    [GeneratedRegex("^ *<!-- (.+) -->$")]
    private static partial Regex Comment();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchors();
}
