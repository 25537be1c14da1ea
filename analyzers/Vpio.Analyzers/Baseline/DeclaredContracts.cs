using Microsoft.CodeAnalysis;

namespace Vpio.Analyzers.Baseline;

/// <summary>Tells the ownership contracts that other assemblies see: of a type and of its members, as their attributes say.</summary>
internal static class DeclaredContracts
{
    private const string Kind = "contract";

    /// <summary>Tells the contracts of a type and of its members.</summary>
    public static IEnumerable<DeclaredEntry> Of(INamedTypeSymbol type)
    {
        if (!IsVisible(type))
            yield break;
        foreach (ISymbol symbol in MembersOf(type).Where(IsReachable).Prepend(type))
        {
            if (symbol.GetDocumentationCommentId() is { Length: > 2 } id && ContractText.TryRead(symbol, out string? text))
                yield return new DeclaredEntry(symbol, Kind, id, text);
        }
    }

    // Accessors are told with their property or event, and the parameters of a delegate with the delegate.
    private static IEnumerable<ISymbol> MembersOf(INamedTypeSymbol type) => type.TypeKind == TypeKind.Delegate
        ? []
        : type.GetMembers().Where(m => m is not INamedTypeSymbol and not IMethodSymbol { AssociatedSymbol: not null });

    // A type that has no name, as an extension block, is reached in no way of its own.
    private static bool IsVisible(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? each = type; each is not null; each = each.ContainingType)
        {
            if (!IsReachable(each) || each.Name.Length == 0)
                return false;
        }

        return true;
    }

    private static bool IsReachable(ISymbol symbol) => symbol.DeclaredAccessibility is Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal;
}
