using Microsoft.CodeAnalysis.CodeFixes;

namespace Vpio.Analyzers.CodeFixes;

/// <summary>Gives an opt-out a reason, to be put into words.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(GiveReason))]
public sealed class GiveReason() : OwnershipFix("VPIO1029")
{
    private const string Reason = "say why this is safe";

    /// <inheritdoc/>
    internal override Remedy? RemedyFor(Site site) => site.Node switch
    {
        AttributeSyntax { ArgumentList.Arguments.Count: > 0 } attribute => Replace(site, attribute.ArgumentList.Arguments[0].Expression),
        InvocationExpressionSyntax { ArgumentList.Arguments.Count: > 1 } call => Replace(site, call.ArgumentList.Arguments[1].Expression),
        _ => null,
    };

    private static Remedy Replace(Site site, ExpressionSyntax text) =>
        new("Give a reason", site, () => site.Root.ReplaceNode(text, SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(Reason)).WithTriviaFrom(text)));
}
