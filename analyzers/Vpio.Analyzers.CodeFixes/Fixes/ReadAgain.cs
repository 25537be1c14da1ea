using Microsoft.CodeAnalysis.CodeFixes;

namespace Vpio.Analyzers.CodeFixes;

/// <summary>Reads a value again that was read under an earlier hold.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ReadAgain))]
public sealed class ReadAgain() : RuleFix("VPIO1027")
{
    /// <inheritdoc/>
    internal override bool WorksOnStatements => true;

    /// <inheritdoc/>
    internal override Remedy? RemedyFor(Site site)
    {
        if (site.Node is not IdentifierNameSyntax use || site.Model.GetSymbolInfo(use).Symbol is not ILocalSymbol { IsConst: false, IsUsing: false, IsForEach: false } variable || variable.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is not VariableDeclaratorSyntax { Initializer.Value: { } read } || site.Range is not { } range)
            return null;
        if (variable.RefKind != RefKind.None || read.DescendantNodesAndSelf().OfType<InvocationExpressionSyntax>().Any(i => site.Model.GetSymbolInfo(i).Symbol is { } called && !OwnershipAttributes.Has(called, "RequiresHeld")))
            return null;
        SyntaxTriviaList leading = range.First.GetLeadingTrivia();
        if (site.Device is null && GrabsIn(range.First, use, site))
            return new Remedy($"Read '{variable.Name}' again", site, () => site.Root.ReplaceNode(use, SyntaxFactory.ParenthesizedExpression(read.WithoutTrivia()).WithTriviaFrom(use)));
        StatementSyntax assignment = SyntaxFactory.ParseStatement($"{variable.Name} = {read.WithoutTrivia()};").WithLeadingTrivia(leading);
        return new Remedy($"Read '{variable.Name}' again", site, () => range.Replace(assignment, range.First.WithLeadingTrivia(SyntaxFactory.ElasticMarker)));
    }

    // Before a statement that grabs by itself nothing can be read.
    private static bool GrabsIn(StatementSyntax statement, SyntaxNode use, Site site) =>
        statement.DescendantNodes().OfType<InvocationExpressionSyntax>().Any(i => i.SpanStart < use.SpanStart && site.Model.GetSymbolInfo(i).Symbol is { } called && (OwnershipAttributes.Has(called, "Acquires") || OwnershipAttributes.Has(called, "TryAcquires")));
}
