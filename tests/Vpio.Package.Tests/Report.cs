using System.Text.RegularExpressions;

namespace Vpio.Package.Tests;

/// <summary>Is an error or a warning, as a build prints it.</summary>
/// <param name="File">The file's name.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Level">error or warning.</param>
/// <param name="Id">The id.</param>
/// <param name="Message">What is said.</param>
internal sealed partial record Report(string File, int Line, string Level, string Id, string Message)
{
    /// <summary>Reads what a build printed. What it repeats in its summary counts once.</summary>
    public static Report[] In(string said) => [.. Printed().Matches(said).Select(match => new Report(
        Path.GetFileName(match.Groups["file"].Value),
        int.Parse(match.Groups["line"].Value),
        match.Groups["level"].Value,
        match.Groups["id"].Value,
        match.Groups["message"].Value)).Distinct()];

    /// <summary>Says where, how bad and which, for a test to compare.</summary>
    public override string ToString() => $"{File}:{Line} {Level} {Id}";

    [GeneratedRegex(@"^\s*(?<file>[^\n(]+)\((?<line>\d+),\d+\): (?<level>error|warning) (?<id>[A-Z]+\d+): (?<message>.*?) \[[^\]\n]+\]\r?$", RegexOptions.Multiline)]
    private static partial Regex Printed();
}
