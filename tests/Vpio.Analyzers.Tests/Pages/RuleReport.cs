using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;

namespace Vpio.Analyzers.Tests.Pages;

/// <summary>Says in one form, <c>3: VPIO1001</c>, what the comments of a piece of code name and what is reported of it. Compiled into each test project that needs it.</summary>
internal static partial class RuleReport
{
    /// <summary>Reads what the comments name.</summary>
    /// <param name="code">The code.</param>
    public static IEnumerable<string> NamedIn(string code) => code.Split('\n').SelectMany((line, number) =>
        Comment().Matches(line).Select(match => $"{number + 1}: {match.Groups[1].Value}"));

    /// <summary>Writes what is reported, in order; what the compiler says with its message, and what is elsewhere with the place.</summary>
    /// <param name="diagnostics">The diagnostics.</param>
    /// <param name="file">The file that is judged.</param>
    public static string[] Of(IEnumerable<Diagnostic> diagnostics, string file) => [.. diagnostics
        .Select(d => (d.Location.GetMappedLineSpan().StartLinePosition.Line, Text: TextOf(d, file)))
        .OrderBy(d => d.Line).ThenBy(d => d.Text, StringComparer.Ordinal)
        .Select(d => $"{d.Line + 1}: {d.Text}")];

    private static string TextOf(Diagnostic diagnostic, string file)
    {
        string place = diagnostic.Location.GetMappedLineSpan() is { IsValid: true, Path: var path } && path != file ? $" in {path}" : "";
        return diagnostic.Id.StartsWith("VPIO", StringComparison.Ordinal) ? diagnostic.Id + place : $"{diagnostic.Id} {diagnostic.GetMessage()}{place}";
    }

    [GeneratedRegex(@"// (VPIO\d{4})\b")]
    private static partial Regex Comment();
}
