using System.Text.RegularExpressions;

namespace Vpio.Repository.Tests;

/// <summary>Judges what lies in the tree: folders say what they are, and no file knows the machine it was written on.</summary>
internal static partial class Tidiness
{
    private static readonly string[] Binary = [".bin", ".pcap", ".pcapng", ".png"];

    /// <summary>Tells whether a folder's page opens with a sentence, not with a list or a picture.</summary>
    public static bool OpensWithASentence(MarkdownPage readme) => Sentence().IsMatch(readme.OpeningLine);

    /// <summary>Tells whether a file may be read as text.</summary>
    public static bool IsText(string path) => !Array.Exists(Binary, ending => path.EndsWith(ending, StringComparison.Ordinal));

    /// <summary>Finds paths that exist on one machine only.</summary>
    public static IEnumerable<string> MachinePaths(string path, string text) =>
        MachinePath().Matches(text).Select(match => $"{path} mentions {match.Value}, which is a place on one machine.");

    [GeneratedRegex(@"^[A-Z`\[].*\.(\s|$)")]
    private static partial Regex Sentence();

    [GeneratedRegex(@"(?<![\w.$}>])(/(work|home|root|Users)/[\w.-]|/tmp/h-\w|[A-Z]:\\Users)")]
    private static partial Regex MachinePath();
}
