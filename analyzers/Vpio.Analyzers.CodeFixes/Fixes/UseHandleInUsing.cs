using Microsoft.CodeAnalysis.CodeFixes;

namespace Vpio.Analyzers.CodeFixes;

/// <summary>Disposes of a handle with 'using', however its block ends.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UseHandleInUsing))]
public sealed class UseHandleInUsing() : RuleFix("VPIO1008", "VPIO1009", "VPIO1010")
{
    /// <inheritdoc/>
    internal override bool WorksOnStatements => true;

    /// <inheritdoc/>
    internal override Remedy? RemedyFor(Site site)
    {
        if (site.Node is not ExpressionSyntax || site.Model.GetTypeInfo(Unwrapped(site.Node)).Type is not { } type || !OwnershipAttributes.Has(type, "ScopedOwnership") || AwaitFor(type, site) is not { } keyword)
            return null;
        return Unwrapped(site.Node).Parent switch
        {
            EqualsValueClauseSyntax { Parent.Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0 } declaration } variables } when StaysInside(variables.Variables[0], site) =>
                new Remedy($"Declare '{variables.Variables[0].Identifier}' with 'using'", site, () => StatementRange.Of(declaration).Replace(Using(declaration, keyword))),
            ExpressionStatementSyntax statement => Hold(statement, Unwrapped(site.Node), site, keyword),
            AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: "_" }, Parent: ExpressionStatementSyntax statement } => Hold(statement, Unwrapped(site.Node), site, keyword),
            _ => null,
        };
    }

    private static ExpressionSyntax Unwrapped(SyntaxNode node) => node.Parent is AwaitExpressionSyntax awaited ? awaited : (ExpressionSyntax)node;

    private static Remedy Hold(StatementSyntax statement, ExpressionSyntax grab, Site site, string keyword)
    {
        string name = UniqueName.For("hold", site.Model, statement.SpanStart, site.Body);
        StatementSyntax declaration = SyntaxFactory.ParseStatement($"{keyword} var {name} = {grab.WithoutTrivia()};").WithTriviaFrom(statement);
        return new Remedy("Hold it with 'using'", site, () => StatementRange.Of(statement).Replace(declaration));
    }

    private static LocalDeclarationStatementSyntax Using(LocalDeclarationStatementSyntax declaration, string keyword)
    {
        LocalDeclarationStatementSyntax bare = declaration.WithoutLeadingTrivia().WithUsingKeyword(SyntaxFactory.Token(SyntaxKind.UsingKeyword).WithTrailingTrivia(SyntaxFactory.Space));
        if (keyword != "using")
            bare = bare.WithAwaitKeyword(SyntaxFactory.Token(SyntaxKind.AwaitKeyword).WithTrailingTrivia(SyntaxFactory.Space));
        return bare.WithLeadingTrivia(declaration.GetLeadingTrivia());
    }

    private static string? AwaitFor(ITypeSymbol type, Site site) =>
        HasMethod(type, "Dispose") ? "using" : HasMethod(type, "DisposeAsync") && site.Model.GetEnclosingSymbol(site.Node.SpanStart) is IMethodSymbol { IsAsync: true } ? "await using" : null;

    private static bool HasMethod(ITypeSymbol type, string name) => type.GetMembers(name).Any(m => m is IMethodSymbol { Parameters.IsEmpty: true });

    // A handle that is handed on, or assigned once more, is not this block's to dispose of.
    private static bool StaysInside(VariableDeclaratorSyntax variable, Site site) =>
        site.Model.GetDeclaredSymbol(variable) is { } symbol && !site.Body.DescendantNodes().OfType<IdentifierNameSyntax>()
            .Where(n => n.Identifier.ValueText == variable.Identifier.ValueText && SymbolEqualityComparer.Default.Equals(site.Model.GetSymbolInfo(n).Symbol, symbol))
            .Any(n => n.Parent is ReturnStatementSyntax or ArrowExpressionClauseSyntax or AssignmentExpressionSyntax || n.Parent is ArgumentSyntax { RefKindKeyword.RawKind: (int)SyntaxKind.RefKeyword or (int)SyntaxKind.OutKeyword });
}
