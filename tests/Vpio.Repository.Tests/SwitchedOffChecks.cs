using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Vpio.Repository.Tests;

/// <summary>Finds where the product switches off what sees to its comments and to the lists of its public members.</summary>
/// <remarks>
/// That is: the compiler's warnings on documentation comments, and the rules RS00xx. A build that does not look says nothing, so this does.
/// A rule on design or names may be off, in <c>.editorconfig</c>, under a comment that says why.
/// </remarks>
internal static partial class SwitchedOffChecks
{
    private static readonly string[] Projects = [".csproj", ".props", ".targets"];
    private static readonly string[] Configurations = [".editorconfig", ".globalconfig"];
    private static readonly string[] Silencers = ["NoWarn", "WarningsNotAsErrors"];
    private static readonly string[] Switches = ["TreatWarningsAsErrors", "GenerateDocumentationFile", "RunAnalyzers", "RunAnalyzersDuringBuild"];

    /// <summary>Finds the places in one file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="text">What is in it.</param>
    public static IEnumerable<string> In(string path, string text)
    {
        if (path.StartsWith("tests/", StringComparison.Ordinal))
            return [];
        IEnumerable<string> found = Path.GetExtension(path) switch
        {
            ".cs" => InSource(text),
            string extension when Projects.Contains(extension) => InProject(XDocument.Parse(text)),
            string extension when Configurations.Contains(extension) => InConfiguration(text.Split('\n')),
            _ => [],
        };
        return found.Select(place => $"{path}: {place} switches off what comments or public members are checked by.");
    }

    private static IEnumerable<string> InProject(XDocument project)
    {
        IEnumerable<string> silenced =
            from element in project.Descendants()
            from said in element.Attributes().Select(attribute => (attribute.Name.LocalName, attribute.Value)).Prepend((element.Name.LocalName, element.Value))
            where Silencers.Contains(said.Item1) && Checks().IsMatch(said.Item2)
            select $"{said.Item1} {said.Item2}";
        IEnumerable<string> off =
            from element in project.Descendants()
            where Switches.Contains(element.Name.LocalName) && element.Value.Trim() != "true"
            select element.ToString();
        return silenced.Concat(off);
    }

    private static IEnumerable<string> InSource(string text) =>
        Pragmas().Matches(text).Where(pragma => pragma.Groups["codes"].Value.Trim().Length == 0 || Checks().IsMatch(pragma.Groups["codes"].Value))
            .Concat(Attributes().Matches(text))
            .Select(match => match.Value.Trim());

    private static IEnumerable<string> InConfiguration(string[] lines)
    {
        for (int i = 0; i < lines.Length; i++)
        {
            Match off = Severities().Match(lines[i]);
            if (!off.Success)
                continue;
            string rule = off.Groups["rule"].Value;
            if (rule.Length == 0 || Checks().IsMatch(rule) || i == 0 || !lines[i - 1].StartsWith('#'))
                yield return lines[i].Trim();
        }
    }

    // The compiler's on comments (CS1570 to CS1598, CS1710 to CS1723), also without their letters, and those on public members.
    [GeneratedRegex(@"(?<![A-Z0-9])(CS)?(15[7-9]\d|171[0-2]|1723)(?!\d)|RS00\d\d")]
    private static partial Regex Checks();

    [GeneratedRegex(@"^[ \t]*#pragma warning disable(?<codes>[^\n/]*)", RegexOptions.Multiline)]
    private static partial Regex Pragmas();

    [GeneratedRegex(@"SuppressMessage\([^)]*""RS00\d\d")]
    private static partial Regex Attributes();

    [GeneratedRegex(@"^\s*(dotnet_diagnostic\.(?<rule>\w+)|dotnet_analyzer_diagnostic(\.category-\w+)?)\.severity\s*=\s*(none|silent|suggestion)")]
    private static partial Regex Severities();
}
