using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Vpio.Analyzers.Contracts;

/// <summary>Is one line of a contract file: an ownership attribute for a member that one cannot annotate.</summary>
/// <param name="Kind">The attribute.</param>
/// <param name="Texts">Its paths.</param>
/// <remarks>The form is <c>documentation-id Attribute("path", ...)</c>; lines that start with # are comments.</remarks>
internal sealed record ContractLine(ClauseKind Kind, ImmutableArray<string> Texts)
{
    /// <summary>What the file is called.</summary>
    public const string FileName = "Vpio.Ownership.txt";

    private static readonly Regex Form = new(@"^\s*(?<id>[MPEFT]:\S.*?)\s+(?<name>\w+)\s*(\((?<paths>[^)]*)\))?\s*$", RegexOptions.CultureInvariant);

    /// <summary>Reads the contract files among the additional files.</summary>
    public static ImmutableDictionary<string, ImmutableArray<ContractLine>> ReadAll(ImmutableArray<AdditionalText> files, CancellationToken cancel)
    {
        Dictionary<string, ImmutableArray<ContractLine>> lines = [];
        foreach (AdditionalText file in files.Where(f => f.Path.EndsWith(FileName, StringComparison.Ordinal)))
        {
            foreach (TextLine line in file.GetText(cancel)?.Lines ?? Enumerable.Empty<TextLine>())
            {
                if (Parse(line.ToString()) is not { } parsed)
                    continue;
                lines[parsed.Id] = (lines.TryGetValue(parsed.Id, out ImmutableArray<ContractLine> before) ? before : ImmutableArray<ContractLine>.Empty).Add(parsed.Line);
            }
        }

        return lines.ToImmutableDictionary();
    }

    /// <summary>Binds the line to the member that it names.</summary>
    /// <returns>The clause, or null when a path names nothing.</returns>
    public Clause? Bind(ISymbol member)
    {
        DevicePath?[] paths = Texts.Select(t => DevicePath.Bind(t, member)).ToArray();
        return paths.Any(p => p is null) ? null : new Clause(Kind, paths.Select(p => p!).ToImmutableArray(), null, paths.Length > 0, null, Shared: false, Reentrant: false);
    }

    private static (string Id, ContractLine Line)? Parse(string text)
    {
        Match match = Form.Match(text);
        if (!match.Success || !Enum.TryParse(match.Groups["name"].Value, out ClauseKind kind) || kind is ClauseKind.TryAcquires or ClauseKind.ReleasesWhen)
            return null;
        ImmutableArray<string> paths = match.Groups["paths"].Value.Split([','], StringSplitOptions.RemoveEmptyEntries).Select(p => p.Trim().Trim('"')).ToImmutableArray();
        return (match.Groups["id"].Value, new ContractLine(kind, paths));
    }
}
