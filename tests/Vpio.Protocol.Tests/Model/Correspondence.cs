using System.Text.RegularExpressions;

namespace Vpio.Protocol.Tests.Model;

/// <summary>Compares the model with the sources that it mirrors: the lines that it quotes, and the accesses to shared memory that it should.</summary>
/// <param name="model">The text of the model.</param>
/// <param name="page">The page that tells what was left out.</param>
/// <param name="sources">The sources, by file name.</param>
internal sealed partial class Correspondence(string model, string page, IReadOnlyDictionary<string, string> sources)
{
    /// <summary>Says, as a line of a file, that all of the file was left out.</summary>
    private const string All = "all";

    private readonly HashSet<(string File, string Line)> _quoted =
        [.. Quote().Matches(model).Select(match => (match.Groups[1].Value, match.Groups[2].Value.Trim()))];

    private readonly HashSet<(string File, string Line)> _leftOut =
        [.. LeftOutRow().Matches(page).Select(match => (match.Groups[1].Value, match.Groups[2].Value.Trim('`')))];

    /// <summary>Gets the quoted lines.</summary>
    public IReadOnlyCollection<(string File, string Line)> Quoted => _quoted;

    /// <summary>Finds the lines that the model quotes, or that are left out, and that no source has.</summary>
    public IEnumerable<string> Gone() =>
        _quoted.Concat(_leftOut.Where(each => each.Line != All)).Where(each => !LinesOf(each.File).Contains(each.Line))
            .Concat(_leftOut.Where(each => each.Line == All && !sources.ContainsKey(each.File)))
            .Select(each => $"{each.File} has no line: {each.Line}");

    /// <summary>Finds the lines that touch shared memory and that are neither quoted nor left out.</summary>
    public IEnumerable<string> NotModelled() =>
        sources.Keys.Where(file => !_leftOut.Contains((file, All)))
            .SelectMany(file => LinesOf(file).Where(line => Access().IsMatch(line) && !_quoted.Contains((file, line)) && !_leftOut.Contains((file, line)))
                .Select(line => $"{file} touches shared memory, and the model does not say so: {line}"));

    private IEnumerable<string> LinesOf(string file) =>
        sources.TryGetValue(file, out string? text)
            ? text.Split('\n').Select(line => line.Trim()).Where(line => !line.StartsWith("//", StringComparison.Ordinal))
            : [];

    [GeneratedRegex(@"C#: (\w[\w.]*\.cs): (.+?)(?: -- [^*]*)? \*/")]
    private static partial Regex Quote();

    [GeneratedRegex(@"^\| `(\w[\w.]*\.cs)` \| (all|`[^`]+`) \| [^|]+ \|$", RegexOptions.Multiline)]
    private static partial Regex LeftOutRow();

    // A method's own head is no access.
    [GeneratedRegex(@"TMemory\.\w+\(|(?<!bool )\bTryReplace\(|(?<!StateWord )\bPublish\(|\b_waiting\.|\b_preferred\.|\b_?marks\.")]
    private static partial Regex Access();
}
