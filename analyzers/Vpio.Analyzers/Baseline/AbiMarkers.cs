using Microsoft.CodeAnalysis;

namespace Vpio.Analyzers.Baseline;

/// <summary>Finds the attributes that say what belongs to an ABI.</summary>
internal static class AbiMarkers
{
    /// <summary>Where the attributes on layout and numbers live.</summary>
    private const string Layout = "Layout";

    /// <summary>Gets whether a symbol carries an attribute of <c>Vpio.Abi.Layout</c>.</summary>
    public static bool Has(ISymbol symbol, string name) => Find(symbol, name) is not null;

    /// <summary>Finds an attribute of <c>Vpio.Abi.Layout</c> on a symbol.</summary>
    public static AttributeData? Find(ISymbol symbol, string name) =>
        symbol.GetAttributes().FirstOrDefault(a => a.AttributeClass is { } type && type.Name == name && IsIn(type, Layout));

    /// <summary>Gets whether a type is in <c>Vpio.Abi.Ownership</c>.</summary>
    public static bool IsOfOwnership(INamedTypeSymbol type) => IsIn(type, "Ownership");

    private static bool IsIn(INamedTypeSymbol type, string name) => type is
    {
        ContainingType: null,
        ContainingNamespace: { ContainingNamespace: { Name: "Abi", ContainingNamespace: { Name: "Vpio", ContainingNamespace.IsGlobalNamespace: true } } } home,
    } && home.Name == name;
}
