using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Formatting;

namespace Vpio.Analyzers.CodeFixes;

/// <summary>Keeps the compiler from inlining the method that reads a device register.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(KeepApart))]
public sealed class KeepApart() : RuleFix("VPIO2010")
{
    private const string Space = "System.Runtime.CompilerServices";

    /// <inheritdoc/>
    internal override Remedy? RemedyFor(Site site)
    {
        SyntaxNode body = Bodies.Around(site.Node);
        if (site.Property("accessor") is not { } name || body is not (MethodDeclarationSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax or PropertyDeclarationSyntax or OperatorDeclarationSyntax))
            return null;
        return new Remedy($"Keep '{name}' from being inlined", site, () => body switch
        {
            AccessorDeclarationSyntax accessor => site.Root.ReplaceNode(accessor, Marked(accessor, accessor.AttributeLists, accessor.WithAttributeLists, site, " ")),
            PropertyDeclarationSyntax { ExpressionBody: { } value } property => site.Root.ReplaceNode(property, WithGetter(property, value, site)),
            MethodDeclarationSyntax method => site.Root.ReplaceNode(method, Marked(method, method.AttributeLists, method.WithAttributeLists, site, "\n")),
            OperatorDeclarationSyntax @operator => site.Root.ReplaceNode(@operator, Marked(@operator, @operator.AttributeLists, @operator.WithAttributeLists, site, "\n")),
            LocalFunctionStatementSyntax local => site.Root.ReplaceNode(local, Marked(local, local.AttributeLists, local.WithAttributeLists, site, "\n")),
            _ => site.Root,
        });
    }

    private static SyntaxNode WithGetter(PropertyDeclarationSyntax property, ArrowExpressionClauseSyntax value, Site site)
    {
        AccessorDeclarationSyntax getter = SyntaxFactory.AccessorDeclaration(SyntaxKind.GetAccessorDeclaration)
            .WithExpressionBody(value.WithoutTrailingTrivia()).WithSemicolonToken(SyntaxFactory.Token(SyntaxKind.SemicolonToken))
            .WithAttributeLists(SyntaxFactory.SingletonList(List(site, " ")));
        return property.WithExpressionBody(null).WithSemicolonToken(default).WithAccessorList(SyntaxFactory.AccessorList(SyntaxFactory.SingletonList(getter)))
            .WithTriviaFrom(property).WithAdditionalAnnotations(Formatter.Annotation);
    }

    private static SyntaxNode Marked(SyntaxNode declaration, SyntaxList<AttributeListSyntax> lists, Func<SyntaxList<AttributeListSyntax>, SyntaxNode> with, Site site, string end)
    {
        AttributeSyntax? old = lists.SelectMany(l => l.Attributes).FirstOrDefault(a => a.Name.ToString().EndsWith("MethodImpl", StringComparison.Ordinal) || a.Name.ToString().EndsWith("MethodImplAttribute", StringComparison.Ordinal));
        if (old is not null)
            return declaration.ReplaceNode(old, List(site, end).Attributes[0]);
        SyntaxTriviaList leading = declaration.GetLeadingTrivia();
        SyntaxTriviaList indentation = end == "\n" && leading.LastOrDefault() is { RawKind: (int)SyntaxKind.WhitespaceTrivia } last ? SyntaxFactory.TriviaList(last) : default;
        SyntaxNode marked = with(lists.Insert(0, List(site, end)));
        SyntaxToken next = marked.ChildNodesAndTokens().First(c => !c.IsNode || c.AsNode() is not AttributeListSyntax) is var following && following.IsToken ? following.AsToken() : following.AsNode()!.GetFirstToken();
        return lists.Count > 0 ? marked.WithLeadingTrivia(leading) : marked.ReplaceToken(next, next.WithLeadingTrivia(indentation)).WithLeadingTrivia(leading);
    }

    private static AttributeListSyntax List(Site site, string end)
    {
        string name = TypeNames.Shortest(Space, "MethodImplAttribute", site.Model, site.Node.SpanStart).Replace("Attribute", ""), options = TypeNames.Shortest(Space, "MethodImplOptions", site.Model, site.Node.SpanStart);
        AttributeSyntax attribute = SyntaxFactory.Attribute(SyntaxFactory.ParseName(name), SyntaxFactory.ParseAttributeArgumentList($"({options}.NoInlining)"));
        return SyntaxFactory.AttributeList(SyntaxFactory.SingletonSeparatedList(attribute)).WithTrailingTrivia(end == "\n" ? SyntaxFactory.ElasticLineFeed : SyntaxFactory.Space);
    }
}
