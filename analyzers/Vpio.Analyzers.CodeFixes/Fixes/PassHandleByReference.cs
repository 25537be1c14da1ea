using Microsoft.CodeAnalysis.CodeFixes;

namespace Vpio.Analyzers.CodeFixes;

/// <summary>Refers to a handle instead of copying it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(PassHandleByReference))]
public sealed class PassHandleByReference() : RuleFix("VPIO1016")
{
    /// <inheritdoc/>
    internal override Remedy? RemedyFor(Site site) => site.Node.Parent switch
    {
        EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1, Type: not RefTypeSyntax, Parent: LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0 } } declaration } variable } => Alias(site, declaration, variable),
        ArgumentSyntax { RefKindKeyword.RawKind: 0 } argument => In(site, argument),
        _ => null,
    };

    private static Remedy Alias(Site site, VariableDeclarationSyntax declaration, VariableDeclaratorSyntax variable)
    {
        string modifiers = IsReadOnly(site) ? "ref readonly" : "ref";
        TypeSyntax type = SyntaxFactory.ParseTypeName($"{modifiers} {declaration.Type}").WithTriviaFrom(declaration.Type);
        ExpressionSyntax source = SyntaxFactory.RefExpression(SyntaxFactory.Token(SyntaxKind.RefKeyword).WithTrailingTrivia(SyntaxFactory.Space), ((ExpressionSyntax)site.Node).WithoutTrivia()).WithTriviaFrom(site.Node);
        VariableDeclaratorSyntax referring = variable.WithInitializer(variable.Initializer!.WithValue(source));
        return new Remedy($"Let '{variable.Identifier}' refer to '{site.Node}'", site, () => site.Root.ReplaceNode(declaration, declaration.WithType(type).WithVariables(SyntaxFactory.SingletonSeparatedList(referring))));
    }

    // What is in a using declaration cannot be referred to for writing.
    private static bool IsReadOnly(Site site) => site.Model.GetSymbolInfo(site.Node).Symbol switch
    {
        ILocalSymbol local => local.IsUsing || local.RefKind == RefKind.RefReadOnly || local.IsForEach,
        IParameterSymbol parameter => parameter.RefKind == RefKind.In,
        IFieldSymbol field => field.IsReadOnly,
        _ => false,
    };

    private static Remedy? In(Site site, ArgumentSyntax argument)
    {
        if (site.Model.GetOperation(argument) is not Microsoft.CodeAnalysis.Operations.IArgumentOperation { Parameter: { RefKind: RefKind.None } parameter } || parameter.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is not ParameterSyntax declaration || declaration.SyntaxTree != site.Root.SyntaxTree || IsWritten(declaration))
            return null;
        ArgumentSyntax passed = argument.WithoutLeadingTrivia().WithRefKindKeyword(SyntaxFactory.Token(SyntaxKind.InKeyword).WithTrailingTrivia(SyntaxFactory.Space)).WithLeadingTrivia(argument.GetLeadingTrivia());
        return new Remedy($"Pass '{argument.Expression}' by reference", site, () => site.Root.ReplaceNodes(new SyntaxNode[] { argument, declaration }, (original, _) => original == argument ? passed : ByReference(declaration)));
    }

    private static ParameterSyntax ByReference(ParameterSyntax declaration) => declaration.Modifiers.Count > 0 ? declaration : declaration
        .WithType(declaration.Type!.WithoutLeadingTrivia())
        .WithModifiers(SyntaxFactory.TokenList(SyntaxFactory.Token(SyntaxKind.ScopedKeyword).WithTrailingTrivia(SyntaxFactory.Space), SyntaxFactory.Token(SyntaxKind.InKeyword).WithTrailingTrivia(SyntaxFactory.Space)))
        .WithLeadingTrivia(declaration.GetLeadingTrivia());

    private static bool IsWritten(ParameterSyntax parameter) => parameter.Modifiers.Count > 0 || parameter.Parent?.Parent is { } method && method.DescendantNodes().OfType<IdentifierNameSyntax>()
        .Any(n => n.Identifier.ValueText == parameter.Identifier.ValueText && (n.Parent is AssignmentExpressionSyntax assignment && assignment.Left == n || n.Parent is ArgumentSyntax { RefKindKeyword.RawKind: not 0 }));
}
