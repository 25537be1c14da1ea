using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Vpio.Analyzers.Contracts;

/// <summary>Reads the files with contracts for members that one cannot annotate. Lines that start with # are comments.</summary>
internal static class ContractFile
{
    private const string Name = "Vpio.Ownership.txt";

    /// <summary>Gets whether an additional file is one.</summary>
    public static bool Is(AdditionalText file) => file.Path.EndsWith(Name, StringComparison.Ordinal);

    /// <summary>Gets the lines of a file that have to say something.</summary>
    public static IEnumerable<TextLine> LinesOf(AdditionalText file, CancellationToken cancel) =>
        (file.GetText(cancel)?.Lines ?? Enumerable.Empty<TextLine>()).Where(l => l.ToString().Trim() is { Length: > 0 } text && text[0] != '#');

    /// <summary>Reads the contract files among the additional files.</summary>
    /// <returns>The lines that can be read, by the member that they name.</returns>
    public static ImmutableDictionary<string, ImmutableArray<ContractLine>> ReadAll(ImmutableArray<AdditionalText> files, CancellationToken cancel) => files
        .Where(Is).SelectMany(f => LinesOf(f, cancel))
        .Select(l => ContractLine.Parse(l.ToString())).Where(l => l is not null)
        .GroupBy(l => l!.Id, l => l!)
        .ToImmutableDictionary(g => g.Key, g => g.ToImmutableArray());
}
