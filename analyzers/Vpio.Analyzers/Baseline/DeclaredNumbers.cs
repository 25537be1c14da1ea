using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Vpio.Analyzers.Layout;

namespace Vpio.Analyzers.Baseline;

/// <summary>Tells the numbers that a type agrees on with another program: of enumerations and classes with <c>[AbiNumbers]</c>, of ABI structs, of the formats of shared words.</summary>
internal static class DeclaredNumbers
{
    private static readonly string[] KnownBy = ["AbiNumbers", "AbiStruct", "WordFormat"];

    private static readonly SymbolDisplayFormat Full = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes | SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers);

    /// <summary>Tells the numbers of a type, and of an enumeration how wide they are.</summary>
    public static IEnumerable<DeclaredEntry?> Of(INamedTypeSymbol type)
    {
        if (!KnownBy.Any(m => Marks.Has(type, m)))
            return [];
        IEnumerable<IFieldSymbol> constants = type.GetMembers().OfType<IFieldSymbol>().Where(f => f.IsConst && f.DeclaredAccessibility != Accessibility.Private);
        return type.EnumUnderlyingType is { } width
            ? constants.Select(f => DeclaredEntry.Of(f, "number", ValueOf(f))).Prepend(DeclaredEntry.Of(type, "enum", NameOf(width)))
            : constants.Select(f => DeclaredEntry.Of(f, "number", ValueOf(f) is { } value ? $"{NameOf(f.Type)} {value}" : null));
    }

    /// <summary>Gives a type's name with all that is around it.</summary>
    public static string NameOf(ITypeSymbol type) => type.ToDisplayString(Full);

    private static string? ValueOf(IFieldSymbol constant) => constant.HasConstantValue
        ? $"= {SymbolDisplay.FormatPrimitive(constant.ConstantValue!, quoteStrings: true, useHexadecimalNumbers: false)}"
        : null;
}
