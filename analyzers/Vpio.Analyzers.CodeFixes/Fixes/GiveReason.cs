using Microsoft.CodeAnalysis.CodeFixes;

namespace Vpio.Analyzers.CodeFixes;

/// <summary>Gives an opt-out a reason, to be put into words.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(GiveReason))]
public sealed class GiveReason() : RuleFix("VPIO1029")
{
    private const string Title = "Give a reason";

    private static ExpressionSyntax Text => SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal("say why this is safe"));

    /// <inheritdoc/>
    internal override Remedy? RemedyFor(Site site) => site.Node switch
    {
        AttributeSyntax { ArgumentList: { Arguments.Count: > 1 } arguments } => Justify(site, arguments),
        AttributeSyntax { ArgumentList.Arguments: { Count: 1 } arguments } => Replace(site, arguments[0].Expression),
        InvocationExpressionSyntax { ArgumentList.Arguments.Count: > 1 } call => Replace(site, call.ArgumentList.Arguments[1].Expression),
        _ => null,
    };

    // [SuppressMessage] has it by name, if at all.
    private static Remedy Justify(Site site, AttributeArgumentListSyntax arguments) =>
        arguments.Arguments.FirstOrDefault(a => a.NameEquals?.Name.Identifier.ValueText == "Justification") is { } reason
            ? Replace(site, reason.Expression)
            : new(Title, site, () => site.Root.ReplaceNode(arguments, arguments.AddArguments(SyntaxFactory.AttributeArgument(SyntaxFactory.NameEquals("Justification"), null, Text))));

    private static Remedy Replace(Site site, ExpressionSyntax text) => new(Title, site, () => site.Root.ReplaceNode(text, Text.WithTriviaFrom(text)));
}
