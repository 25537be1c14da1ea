using Microsoft.CodeAnalysis;

namespace Vpio.Analyzers.Layout;

/// <summary>Finds the attributes of <c>Vpio.Abi.Layout</c>, whichever assembly declares them.</summary>
internal static class Marks
{
    /// <summary>The attribute that tells whether a compilation can see them at all.</summary>
    public const string Marker = "Vpio.Abi.Layout.AbiStructAttribute";

    /// <summary>Gets whether a symbol bears a mark.</summary>
    /// <param name="symbol">The symbol.</param>
    /// <param name="name">The attribute's name without its ending.</param>
    public static bool Has(ISymbol symbol, string name) => Find(symbol, name) is not null;

    /// <summary>Gets a mark of a symbol, or null.</summary>
    public static AttributeData? Find(ISymbol symbol, string name) => All(symbol, name).FirstOrDefault();

    /// <summary>Gets the marks with a name, of which a symbol may bear several.</summary>
    public static IEnumerable<AttributeData> All(ISymbol symbol, string name) => symbol.GetAttributes().Where(a => Is(a, name));

    /// <summary>Gets whether what a method returns by reference bears a mark; an accessor's is that of its property.</summary>
    public static bool ReturnHas(IMethodSymbol method, string name) =>
        method.GetReturnTypeAttributes().Any(a => Is(a, name)) || (method.AssociatedSymbol is { } property && Has(property, name));

    private static bool Is(AttributeData attribute, string name) =>
        attribute.AttributeClass is { } type && type.Name.Length == name.Length + "Attribute".Length && type.Name.StartsWith(name, StringComparison.Ordinal) &&
        type.ContainingNamespace is { Name: "Layout", ContainingNamespace: { Name: "Abi", ContainingNamespace: { Name: "Vpio", ContainingNamespace.IsGlobalNamespace: true } } };
}
