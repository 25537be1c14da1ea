using Microsoft.CodeAnalysis.CodeFixes;

namespace Vpio.Analyzers.CodeFixes;

/// <summary>Releases a device before what must not run while it is held, and grabs it again behind.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ReleaseAround))]
public sealed class ReleaseAround() : RuleFix("VPIO1013", "VPIO1014", "VPIO1019", "VPIO1020")
{
    /// <inheritdoc/>
    internal override bool WorksOnStatements => true;

    /// <inheritdoc/>
    internal override Remedy? RemedyFor(Site site) => HandleBlock.EndedBefore(site) ?? ReleasedAround(site);

    private static Remedy? ReleasedAround(Site site)
    {
        if (site.Device is not { Members: { Grab: { } grab, Release: { } release } } device || site.Range is not { } range || !IsPlainHold(site) || IsReleasedInFinally(site, device))
            return null;
        if (site.Statement is LocalFunctionStatementSyntax || DeviceUses.Of(site.Statement!, device, site.Model).Any() || IsInHandler(site))
            return null;
        // What is held on some paths only is released and grabbed again on those.
        ExpressionSyntax? test = site.Diagnostic.Id == "VPIO1020" ? StoredResults.TestFor(site, device) : null;
        if (site.Diagnostic.Id == "VPIO1020" && test is null)
            return null;
        StatementSyntax giveBack = Tested(test, device.Call(release));
        if (test is null && range.After.FirstOrDefault() is { } next && IsRelease(next, device, site.Model))
            return new Remedy($"Release '{device.Text}' before", site, () => range.UpTo(next).Replace(next, range.First));
        if (RangeFlow.Of(range, site.Model).Leaves || !RangeFlow.Of(range, site.Model).FallsThrough)
            return null;
        SyntaxTriviaList leading = range.First.GetLeadingTrivia();
        StatementSyntax takeAgain = Tested(test, device.Call(grab));
        return new Remedy($"Release '{device.Text}' before, and grab it again after", site, () => range.Replace(giveBack.WithLeadingTrivia(leading), range.First.WithLeadingTrivia(SyntaxFactory.ElasticMarker), takeAgain));
    }

    private static StatementSyntax Tested(ExpressionSyntax? test, ExpressionSyntax call) =>
        test is null ? Write.Statement(call) : Write.If(test, [Write.Statement(call)]);

    // A hold that belongs to a handle is given back with the handle.
    private static bool IsPlainHold(Site site) =>
        site.Cause is null || (site.Model.GetSymbolInfo(site.Cause).Symbol is IMethodSymbol method && method.Parameters.IsEmpty && !OwnershipAttributes.Has(method.ReturnType, "ScopedOwnership") && site.Cause.Parent is not AwaitExpressionSyntax);

    // What throws in between would be released twice.
    private static bool IsReleasedInFinally(Site site, DeviceReference device) =>
        site.Node.Ancestors().TakeWhile(a => a != site.Body).OfType<TryStatementSyntax>().Any(t => t.Block.Span.Contains(site.Node.Span) && (t.Finally is { } last && DeviceUses.Any(last, device, site.Model, UseKind.Release) || t.Catches.Any(c => DeviceUses.Any(c, device, site.Model, UseKind.Release))));

    private static bool IsRelease(StatementSyntax statement, DeviceReference device, SemanticModel model) =>
        statement is ExpressionStatementSyntax { Expression: InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0 } call } && DeviceUses.Of(call, device, model).Any(u => u.Kind == UseKind.Release);

    private static bool IsInHandler(Site site) => site.Model.GetEnclosingSymbol(site.Node.SpanStart) is { } member && OwnershipAttributes.Has(member, "RevocationHandler");
}
