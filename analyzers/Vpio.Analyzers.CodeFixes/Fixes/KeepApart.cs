using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Formatting;

namespace Vpio.Analyzers.CodeFixes;

/// <summary>Keeps the compiler from inlining the method that reads a device register.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(KeepApart))]
public sealed class KeepApart() : RuleFix("VPIO2010")
{
    private const string Space = "System.Runtime.CompilerServices";

    private const int AggressiveInlining = 256;

    /// <inheritdoc/>
    internal override Remedy? RemedyFor(Site site)
    {
        SyntaxNode body = Bodies.Around(site.Node);
        if (site.Property("accessor") is not { } name || IsRunLater(body, site.Model) || Attribute(body, site) is not { } attribute)
            return null;
        return body is MethodDeclarationSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax or OperatorDeclarationSyntax or PropertyDeclarationSyntax { ExpressionBody: not null } or IndexerDeclarationSyntax { ExpressionBody: not null }
            ? new Remedy($"Keep '{name}' from being inlined", site, () => site.Root.ReplaceNode(body, Marked(body, attribute, site)))
            : null;
    }

    // What awaits or yields runs in a method that the compiler makes, which the attribute does not reach; of a partial member, the other part may have one.
    private static bool IsRunLater(SyntaxNode body, SemanticModel model) =>
        model.GetDeclaredSymbol(body) is IMethodSymbol { IsAsync: true } or IMethodSymbol { PartialDefinitionPart: not null } || body.DescendantNodes().Any(n => n is YieldStatementSyntax);

    private static SyntaxNode Marked(SyntaxNode body, AttributeSyntax attribute, Site site) => Existing(body, site.Model) is { } old ? body.ReplaceNode(old, attribute) : body switch
    {
        AccessorDeclarationSyntax accessor => Marked(accessor, accessor.AttributeLists, accessor.WithAttributeLists, attribute, SyntaxFactory.Space),
        PropertyDeclarationSyntax property => property.WithExpressionBody(null).WithSemicolonToken(default).WithAccessorList(Getter(property.ExpressionBody!, attribute)).WithTriviaFrom(property).WithAdditionalAnnotations(Formatter.Annotation),
        IndexerDeclarationSyntax indexer => indexer.WithExpressionBody(null).WithSemicolonToken(default).WithAccessorList(Getter(indexer.ExpressionBody!, attribute)).WithTriviaFrom(indexer).WithAdditionalAnnotations(Formatter.Annotation),
        MethodDeclarationSyntax method => Marked(method, method.AttributeLists, method.WithAttributeLists, attribute, SyntaxFactory.ElasticLineFeed),
        OperatorDeclarationSyntax @operator => Marked(@operator, @operator.AttributeLists, @operator.WithAttributeLists, attribute, SyntaxFactory.ElasticLineFeed),
        LocalFunctionStatementSyntax local => Marked(local, local.AttributeLists, local.WithAttributeLists, attribute, SyntaxFactory.ElasticLineFeed),
        _ => body,
    };

    private static AccessorListSyntax Getter(ArrowExpressionClauseSyntax value, AttributeSyntax attribute) => SyntaxFactory.AccessorList(SyntaxFactory.SingletonList(
        SyntaxFactory.AccessorDeclaration(SyntaxKind.GetAccessorDeclaration)
            .WithExpressionBody(value.WithoutTrailingTrivia()).WithSemicolonToken(SyntaxFactory.Token(SyntaxKind.SemicolonToken))
            .WithAttributeLists(SyntaxFactory.SingletonList(List(attribute, SyntaxFactory.Space)))));

    private static SyntaxNode Marked(SyntaxNode declaration, SyntaxList<AttributeListSyntax> lists, Func<SyntaxList<AttributeListSyntax>, SyntaxNode> with, AttributeSyntax attribute, SyntaxTrivia end)
    {
        SyntaxTriviaList leading = declaration.GetLeadingTrivia();
        SyntaxTriviaList indentation = end.IsKind(SyntaxKind.EndOfLineTrivia) && leading.LastOrDefault() is { RawKind: (int)SyntaxKind.WhitespaceTrivia } last ? SyntaxFactory.TriviaList(last) : default;
        SyntaxNode marked = lists.Count > 0
            ? with(SyntaxFactory.List(lists.Select((l, i) => i == 0 ? l.WithLeadingTrivia(indentation) : l)).Insert(0, List(attribute, end)))
            : with(SyntaxFactory.SingletonList(List(attribute, end)));
        if (lists.Count > 0)
            return marked.WithLeadingTrivia(leading);
        SyntaxToken next = marked.ChildNodesAndTokens().First(c => !c.IsNode || c.AsNode() is not AttributeListSyntax) is var following && following.IsToken ? following.AsToken() : following.AsNode()!.GetFirstToken();
        return marked.ReplaceToken(next, next.WithLeadingTrivia(indentation)).WithLeadingTrivia(leading);
    }

    private static AttributeListSyntax List(AttributeSyntax attribute, SyntaxTrivia end) =>
        SyntaxFactory.AttributeList(SyntaxFactory.SingletonSeparatedList(attribute)).WithTrailingTrivia(end);

    private static AttributeSyntax? Existing(SyntaxNode body, SemanticModel model) => body.ChildNodes().OfType<AttributeListSyntax>().SelectMany(l => l.Attributes)
        .FirstOrDefault(a => model.GetSymbolInfo(a).Symbol?.ContainingType is { Name: "MethodImplAttribute" } type && type.ContainingNamespace.ToDisplayString() == Space);

    // The attribute as it must become: what it says already stays, but for the wish to be inlined.
    private static AttributeSyntax? Attribute(SyntaxNode body, Site site)
    {
        string options = $"{TypeNames.Shortest(Space, "MethodImplOptions", site.Model, site.Node.SpanStart)}.NoInlining";
        if (Existing(body, site.Model) is not { } old)
            return SyntaxFactory.Attribute(SyntaxFactory.ParseName(TypeNames.ShortestAttribute(Space, "MethodImpl", site.Model, site.Node.SpanStart)), SyntaxFactory.ParseAttributeArgumentList($"({options})"));
        AttributeArgumentSyntax? said = old.ArgumentList?.Arguments.FirstOrDefault(a => a.NameEquals is null);
        if (said is null)
            return old.ArgumentList is { Arguments.Count: > 0 } ? null : old.WithArgumentList(SyntaxFactory.ParseAttributeArgumentList($"({options})"));
        List<ExpressionSyntax> kept = [.. PartsOf(said.Expression).Where(p => site.Model.GetConstantValue(p).Value is not AggressiveInlining)];
        if (kept.Any(p => site.Model.GetTypeInfo(p).Type?.Name != "MethodImplOptions" || site.Model.GetConstantValue(p).Value is not int number || (number & AggressiveInlining) != 0))
            return null;
        ExpressionSyntax all = SyntaxFactory.ParseExpression(string.Join(" | ", kept.Select(p => p.ToString()).Append(options)));
        return old.ReplaceNode(said.Expression, all.WithTriviaFrom(said.Expression));
    }

    private static IEnumerable<ExpressionSyntax> PartsOf(ExpressionSyntax options) => options switch
    {
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.BitwiseOrExpression } both => PartsOf(both.Left).Concat(PartsOf(both.Right)),
        ParenthesizedExpressionSyntax inner => PartsOf(inner.Expression),
        _ => [options],
    };
}
