using Microsoft.CodeAnalysis.CodeFixes;

namespace Vpio.Analyzers.CodeFixes;

/// <summary>Says with [NoEscape] that a method does not keep the view that it is given.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(NoEscapeOfArgument))]
public sealed class NoEscapeOfArgument() : RuleFix("VPIO1015")
{
    /// <inheritdoc/>
    internal override Remedy? RemedyFor(Site site)
    {
        if (site.Node.Parent is not ArgumentSyntax argument || site.Model.GetOperation(argument) is not Microsoft.CodeAnalysis.Operations.IArgumentOperation { Parameter: { } parameter } || OwnershipAttributes.Has(parameter, "NoEscape"))
            return null;
        // A caller outside could not see it, and a method that stores the view would break it.
        if (parameter.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is not ParameterSyntax declaration || site.Document.Project.Solution.GetDocument(declaration.SyntaxTree) is null || IsKept(declaration))
            return null;
        AttributeSyntax attribute = OwnershipAttributes.Write("NoEscape", site.Model, site.Node.SpanStart);
        return new Remedy($"Say that '{parameter.ContainingSymbol.Name}' does not keep '{parameter.Name}'", () => Apply(site, declaration, attribute));
    }

    private static Solution Apply(Site site, ParameterSyntax declaration, AttributeSyntax attribute)
    {
        Document document = site.Document.Project.Solution.GetDocument(declaration.SyntaxTree)!;
        AttributeListSyntax list = SyntaxFactory.AttributeList(SyntaxFactory.SingletonSeparatedList(attribute)).WithTrailingTrivia(SyntaxFactory.Space);
        ParameterSyntax with = declaration.WithoutLeadingTrivia().WithAttributeLists(declaration.AttributeLists.Insert(0, list)).WithLeadingTrivia(declaration.GetLeadingTrivia());
        return document.WithSyntaxRoot(declaration.SyntaxTree.GetRoot().ReplaceNode(declaration, with)).Project.Solution;
    }

    private static bool IsKept(ParameterSyntax parameter) => parameter.Parent?.Parent is { } method && method.DescendantNodes().OfType<IdentifierNameSyntax>()
        .Any(n => n.Identifier.ValueText == parameter.Identifier.ValueText && n.Parent is AssignmentExpressionSyntax assignment && assignment.Right == n || n.Identifier.ValueText == parameter.Identifier.ValueText && n.Parent is ArgumentSyntax or ReturnStatementSyntax or ArrowExpressionClauseSyntax);
}
