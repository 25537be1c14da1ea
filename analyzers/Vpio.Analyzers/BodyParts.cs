using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Vpio.Analyzers;

/// <summary>Finds the pieces of a declaration that the compiler makes operations of.</summary>
internal static class BodyParts
{
    /// <summary>Gets the bodies and initializers of one symbol: one declaration may be that of several fields.</summary>
    public static IEnumerable<SyntaxNode> Of(SyntaxNode declaration, ISymbol symbol) => declaration switch
    {
        BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or ArrowExpressionClauseSyntax or TypeDeclarationSyntax or CompilationUnitSyntax => [declaration],
        BaseFieldDeclarationSyntax field => field.Declaration.Variables.Where(v => v.Identifier.ValueText == symbol.Name && v.Initializer is not null).Select(v => v.Initializer!),
        VariableDeclaratorSyntax { Initializer: { } initializer } => [initializer],
        PropertyDeclarationSyntax { Initializer: { } initializer } => [initializer],
        _ => [],
    };

    /// <summary>Gets whether a piece can be read: what is only warned of, as by a directive, does not count.</summary>
    public static bool CanBeRead(SyntaxNode part) => !part.ContainsDiagnostics || part.GetDiagnostics().All(d => d.Severity != DiagnosticSeverity.Error);
}
