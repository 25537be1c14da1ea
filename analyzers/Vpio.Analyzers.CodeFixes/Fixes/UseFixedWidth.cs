using Microsoft.CodeAnalysis.CodeFixes;

namespace Vpio.Analyzers.CodeFixes;

/// <summary>Gives a field of an ABI struct a type that is the same bytes everywhere. Where the field is used, the compiler says then what has to be converted.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UseFixedWidth))]
public sealed class UseFixedWidth() : RuleFix("VPIO2001", "VPIO2004")
{
    /// <inheritdoc/>
    internal override Remedy? RemedyFor(Site site)
    {
        TypeSyntax? type = site.Node switch
        {
            VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1 } declaration } => declaration.Type,
            PropertyDeclarationSyntax property => property.Type,
            _ => null,
        };
        if (type is null || site.Model.GetTypeInfo(type).Type is not { } symbol || WidthOf(symbol) is not { } width)
            return null;
        return new Remedy($"Use '{width}'", site, () => site.Root.ReplaceNode(type, SyntaxFactory.ParseTypeName(width).WithTriviaFrom(type)));
    }

    private static string? WidthOf(ITypeSymbol type) => type.SpecialType switch
    {
        SpecialType.System_Boolean => "byte",
        SpecialType.System_Char => "ushort",
        SpecialType.System_IntPtr => "long",
        SpecialType.System_UIntPtr => "ulong",
        _ => type.TypeKind is TypeKind.Pointer or TypeKind.FunctionPointer ? "ulong" : null,
    };
}
