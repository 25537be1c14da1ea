using Microsoft.CodeAnalysis.CodeFixes;

namespace Vpio.Analyzers.CodeFixes;

/// <summary>Lets what follows depend on the answer of a try-grab or a poll.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(TestAnswer))]
public sealed class TestAnswer() : RuleFix("VPIO1011")
{
    /// <inheritdoc/>
    internal override bool WorksOnStatements => true;

    /// <inheritdoc/>
    internal override Remedy? RemedyFor(Site site)
    {
        if (site.Node is not ExpressionSyntax asked || site.Model.GetSymbolInfo(site.Node).Symbol is not { } symbol || site.Range is not { } here)
            return null;
        return symbol is IMethodSymbol grab ? OnGrab(site, asked, grab, here) : symbol is IPropertySymbol poll ? OnPoll(site, asked, poll, here) : null;
    }

    private static Remedy? OnGrab(Site site, ExpressionSyntax asked, IMethodSymbol grab, StatementRange here)
    {
        bool dropped = IsDropped(asked);
        ExpressionSyntax? test = dropped ? StoredResults.SuccessOf(asked.WithoutTrivia(), grab) : StoredResults.TestOf((InvocationExpressionSyntax)asked, site.Model, here.Last.Span.End);
        if (test is null || UpToRelease(here.Rest(), site) is not { } rest || !RangeFlow.Of(rest, site.Model).MayBeSkipped)
            return null;
        SyntaxTriviaList leading = dropped ? here.First.GetLeadingTrivia() : rest.First.GetLeadingTrivia();
        StatementSyntax tested = Write.If(test, WithRelease(rest, site, asked, grab, dropped)).WithLeadingTrivia(leading);
        StatementRange replaced = dropped ? here.UpTo(rest.Last) : rest;
        return new Remedy($"Wrap what follows in 'if ({test})'", site, () => replaced.Replace(tested));
    }

    private static IEnumerable<StatementSyntax> WithRelease(StatementRange rest, Site site, ExpressionSyntax asked, IMethodSymbol grab, bool dropped)
    {
        IEnumerable<StatementSyntax> inner = dropped ? rest.Statements : rest.Inner();
        bool isHandle = OwnershipAttributes.Has(grab.ReturnType, "ScopedOwnership") || grab.Parameters.Length > 0;
        if (isHandle || site.Device is not { Members.Release: { } release } device || rest.Statements.Any(s => DeviceUses.Any(s, device, site.Model, UseKind.Release)))
            return inner;
        StatementSyntax giveBack = Write.Statement(device.Call(release));
        return RangeFlow.Of(rest, site.Model).NeedsFinally ? [Write.TryFinally(inner, giveBack)] : inner.Append(giveBack);
    }

    private static StatementRange? UpToRelease(StatementRange? rest, Site site) =>
        rest is not null && site.Device is { } device && rest.Statements.FirstOrDefault(s => s is ExpressionStatementSyntax && DeviceUses.Any(s, device, site.Model, UseKind.Release)) is { } release
            ? StatementRange.Of(rest.First).UpTo(release).WithUsesOfDeclared(site.Model)
            : rest;

    private static Remedy? OnPoll(Site site, ExpressionSyntax asked, IPropertySymbol poll, StatementRange here)
    {
        if (OwnershipAttributes.Truth(OwnershipAttributes.Get(poll, "RevokedWhen")) is not { } wanted || !IsDropped(asked) || site.Device is not { } device)
            return null;
        SyntaxTriviaList leading = here.First.GetLeadingTrivia();
        ExpressionSyntax stop = wanted ? asked.WithoutTrivia() : Write.Not(asked.WithoutTrivia());
        if (LoopExit.CanBreak(here.First, device, site.Model))
            return new Remedy($"Leave the loop when '{stop}'", site, () => here.Replace(Write.If(stop, [SyntaxFactory.BreakStatement()]).WithLeadingTrivia(leading)));
        if (TouchedRange.Of(site, device, withReleases: false)?.WithoutFirst() is not { } touches || !RangeFlow.Of(touches, site.Model).MayBeSkipped)
            return null;
        ExpressionSyntax goOn = Write.Not(stop);
        return new Remedy($"Wrap what follows in 'if ({goOn})'", site, () => here.UpTo(touches.Last).Replace(Write.If(goOn, touches.Statements).WithLeadingTrivia(leading)));
    }

    private static bool IsDropped(ExpressionSyntax asked) => asked.Parent is ExpressionStatementSyntax ||
        asked.Parent is AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: "_" }, Parent: ExpressionStatementSyntax };
}
