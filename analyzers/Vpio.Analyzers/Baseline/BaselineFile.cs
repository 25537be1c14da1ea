using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Vpio.Analyzers.Baseline;

/// <summary>Is one of the two files that record the ABI of an assembly: what was shipped, or what was not yet.</summary>
/// <param name="source">The additional file.</param>
/// <param name="text">What it says.</param>
internal sealed class BaselineFile(AdditionalText source, SourceText text)
{
    /// <summary>The name of the file with what was shipped.</summary>
    public const string ShippedName = "Abi.Shipped.txt";

    /// <summary>The name of the file with what was not shipped yet.</summary>
    public const string UnshippedName = "Abi.Unshipped.txt";

    /// <summary>Gets the additional file.</summary>
    public AdditionalText Source { get; } = source;

    /// <summary>Gets the file's name.</summary>
    public string Name => NameIn(Source.Path);

    /// <summary>Gets whether it records what was shipped.</summary>
    public bool IsShipped => Name == ShippedName;

    /// <summary>Gets the lines that have to say something.</summary>
    public ImmutableArray<BaselineLine> Lines { get; } = BaselineLine.ReadAll(text).ToImmutableArray();

    /// <summary>Gets whether a path leads to a baseline file.</summary>
    public static bool Is(string path) => NameIn(path) is ShippedName or UnshippedName;

    /// <summary>Gets the last name of a path, whatever its separators.</summary>
    public static string NameIn(string path) => path.Substring(path.LastIndexOfAny(['/', '\\']) + 1);

    /// <summary>Gets the place of a line.</summary>
    public Location PlaceOf(BaselineLine line) =>
        Location.Create(Source.Path, line.Place.Span, line.Place.Text!.Lines.GetLinePositionSpan(line.Place.Span));
}
