using System.Runtime.InteropServices;
using Microsoft.CodeAnalysis;

namespace Vpio.Analyzers.Layout;

/// <summary>Is what a struct says of its own layout.</summary>
/// <param name="IsExplicit">Its fields say where they are.</param>
/// <param name="SizeBytes">The size that it gives itself; null when it gives none.</param>
internal sealed record StructDeclaration(bool IsExplicit, int? SizeBytes)
{
    /// <summary>Reads a struct.</summary>
    public static StructDeclaration Of(INamedTypeSymbol type)
    {
        AttributeData? layout = Interop(type, "StructLayoutAttribute");
        bool isExplicit = layout?.ConstructorArguments.FirstOrDefault().Value is { } kind && Convert.ToInt32(kind, System.Globalization.CultureInfo.InvariantCulture) == (int)LayoutKind.Explicit;
        int? size = layout?.NamedArguments.FirstOrDefault(a => a.Key == "Size").Value.Value as int?;
        return new StructDeclaration(isExplicit, size is > 0 ? size : null);
    }

    /// <summary>Gets where a field is, bytes from the start; null when it does not say.</summary>
    public static int? OffsetOf(IFieldSymbol field) => Interop(field, "FieldOffsetAttribute")?.ConstructorArguments.FirstOrDefault().Value as int?;

    /// <summary>Gets an attribute of the framework on interoperability, or null.</summary>
    public static AttributeData? Interop(ISymbol symbol, string name) =>
        symbol.GetAttributes().FirstOrDefault(a => a.AttributeClass is { } type && type.Name == name && type.ContainingNamespace is { Name: "InteropServices" });
}
