using Microsoft.CodeAnalysis.Formatting;

namespace Vpio.Analyzers.CodeFixes;

/// <summary>Finds the body that code runs in, and makes blocks of bodies that are one expression.</summary>
internal static class Bodies
{
    /// <summary>Gets the declaration whose body a node is in: a member, an accessor, a local function or a lambda; the file, for top-level statements.</summary>
    public static SyntaxNode Around(SyntaxNode node) => node.AncestorsAndSelf().First(n => IsDeclaration(n) || n is CompilationUnitSyntax);

    /// <summary>Gets the body of one expression that a node is in, or null when it is in a statement or in no body.</summary>
    public static ExpressionSyntax? ExpressionAround(SyntaxNode node) => node.AncestorsAndSelf()
        .TakeWhile(n => n is not StatementSyntax && !IsDeclaration(n))
        .OfType<ExpressionSyntax>().LastOrDefault() is { } outermost && IsBody(outermost) ? outermost : null;

    /// <summary>Gets whether the body has to give a value.</summary>
    public static bool ReturnsValue(ExpressionSyntax body, SemanticModel model) => SymbolOf(body, model) switch
    {
        IMethodSymbol { IsAsync: true, ReturnType: INamedTypeSymbol type } => type.IsGenericType,
        IMethodSymbol method => !method.ReturnsVoid,
        _ => true,
    };

    /// <summary>Makes a block of a body.</summary>
    /// <param name="root">The file.</param>
    /// <param name="body">The expression.</param>
    /// <param name="returnsValue">Whether the body gives a value.</param>
    /// <returns>The file with the block.</returns>
    public static SyntaxNode Unfold(SyntaxNode root, ExpressionSyntax body, bool returnsValue)
    {
        StatementSyntax statement = returnsValue
            ? SyntaxFactory.ReturnStatement(SyntaxFactory.Token(SyntaxKind.ReturnKeyword).WithTrailingTrivia(SyntaxFactory.Space), body.WithoutLeadingTrivia().WithoutTrailingTrivia(), SyntaxFactory.Token(SyntaxKind.SemicolonToken))
            : SyntaxFactory.ExpressionStatement(body.WithoutLeadingTrivia().WithoutTrailingTrivia());
        BlockSyntax block = Write.Block([statement]);
        SyntaxNode owner = body.Parent is ArrowExpressionClauseSyntax { Parent: { } parent } ? parent : body.Parent!;
        return root.ReplaceNode(owner, WithBlock(owner, block).WithTriviaFrom(owner).WithAdditionalAnnotations(Formatter.Annotation));
    }

    private static SyntaxNode WithBlock(SyntaxNode owner, BlockSyntax block) => owner switch
    {
        MethodDeclarationSyntax d => d.WithExpressionBody(null).WithSemicolonToken(default).WithBody(block),
        ConstructorDeclarationSyntax d => d.WithExpressionBody(null).WithSemicolonToken(default).WithBody(block),
        DestructorDeclarationSyntax d => d.WithExpressionBody(null).WithSemicolonToken(default).WithBody(block),
        OperatorDeclarationSyntax d => d.WithExpressionBody(null).WithSemicolonToken(default).WithBody(block),
        ConversionOperatorDeclarationSyntax d => d.WithExpressionBody(null).WithSemicolonToken(default).WithBody(block),
        LocalFunctionStatementSyntax d => d.WithExpressionBody(null).WithSemicolonToken(default).WithBody(block),
        AccessorDeclarationSyntax d => d.WithExpressionBody(null).WithSemicolonToken(default).WithBody(block),
        PropertyDeclarationSyntax d => d.WithExpressionBody(null).WithSemicolonToken(default).WithAccessorList(Getter(block)),
        IndexerDeclarationSyntax d => d.WithExpressionBody(null).WithSemicolonToken(default).WithAccessorList(Getter(block)),
        LambdaExpressionSyntax d => d.WithBody(block),
        _ => throw new ArgumentOutOfRangeException(nameof(owner)),
    };

    private static AccessorListSyntax Getter(BlockSyntax block) =>
        SyntaxFactory.AccessorList(SyntaxFactory.SingletonList(SyntaxFactory.AccessorDeclaration(SyntaxKind.GetAccessorDeclaration, block)));

    private static bool IsBody(ExpressionSyntax expression) => expression.Parent switch
    {
        ArrowExpressionClauseSyntax => true,
        LambdaExpressionSyntax lambda => lambda.ExpressionBody == expression,
        _ => false,
    };

    private static bool IsDeclaration(SyntaxNode node) =>
        node is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax or AccessorDeclarationSyntax or BasePropertyDeclarationSyntax or BaseFieldDeclarationSyntax or BaseTypeDeclarationSyntax or DelegateDeclarationSyntax;

    private static ISymbol? SymbolOf(ExpressionSyntax body, SemanticModel model) => body.Parent switch
    {
        LambdaExpressionSyntax lambda => model.GetSymbolInfo(lambda).Symbol,
        ArrowExpressionClauseSyntax { Parent: LocalFunctionStatementSyntax local } => model.GetDeclaredSymbol(local),
        ArrowExpressionClauseSyntax { Parent: BaseMethodDeclarationSyntax method } => model.GetDeclaredSymbol(method),
        ArrowExpressionClauseSyntax { Parent: AccessorDeclarationSyntax accessor } => model.GetDeclaredSymbol(accessor),
        _ => null,
    };
}
