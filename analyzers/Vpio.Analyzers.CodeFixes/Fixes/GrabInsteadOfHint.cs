using Microsoft.CodeAnalysis.CodeFixes;

namespace Vpio.Analyzers.CodeFixes;

/// <summary>Grabs where the code only looked whether the device seemed idle.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(GrabInsteadOfHint))]
public sealed class GrabInsteadOfHint() : RuleFix("VPIO1012")
{
    /// <inheritdoc/>
    internal override bool WorksOnStatements => true;

    /// <inheritdoc/>
    internal override Remedy? RemedyFor(Site site)
    {
        if (site.Device is not { Members: { TryGrab: { } tryGrab, Release: { } release } } device || Hint(site, device) is not { } hint)
            return null;
        ExpressionSyntax grab = device.Call(tryGrab).WithTriviaFrom(hint.Look);
        if (RangeFlow.Of(hint.Held, site.Model) is not { MayBeHeld: true } flow)
            return null;
        return new Remedy($"Replace the hint by '{device.Call(tryGrab)}'", site, () => Apply(site, device, release, hint, grab, flow));
    }

    private static SyntaxNode Apply(Site site, DeviceReference device, string release, HintedBranch hint, ExpressionSyntax grab, RangeFlow flow)
    {
        if (hint.Held.Statements.Any(s => DeviceUses.Any(s, device, site.Model, UseKind.Release)))
            return site.Root.ReplaceNode(hint.Look, grab);
        SyntaxNode tracked = site.Root.TrackNodes(hint.Look, hint.Held.First, hint.Held.Last);
        StatementRange held = StatementRange.Of(tracked.GetCurrentNode(hint.Held.First)!).UpTo(tracked.GetCurrentNode(hint.Held.Last)!);
        StatementSyntax[] released = [.. HoldAround.ThenRelease(held, device, release, flow)];
        released[0] = released[0].WithLeadingTrivia(held.First.GetLeadingTrivia());
        SyntaxNode root = held.Replace(released);
        return root.ReplaceNode(root.GetCurrentNode(hint.Look)!, grab);
    }

    // Only as the last of several conditions: a grab before another one would be kept when that one fails.
    private static HintedBranch? Hint(Site site, DeviceReference device)
    {
        foreach (IfStatementSyntax branch in site.Node.Ancestors().OfType<IfStatementSyntax>().Where(i => i.Statement.Span.Contains(site.Node.Span)))
        {
            if (LastLook(branch.Condition, site, device) is { } look && branch.Else is null)
                return new HintedBranch(look, branch.Statement is BlockSyntax block ? StatementRange.Of(block.Statements[0]).UpTo(block.Statements.Last()) : StatementRange.Of(branch.Statement));
        }

        foreach (IfStatementSyntax guard in site.Range?.Before.OfType<IfStatementSyntax>().Reverse() ?? [])
        {
            if (guard is { Else: null, Condition: PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression } not } && LastLook(not.Operand, site, device) is { } look &&
                site.Model.AnalyzeControlFlow(guard.Statement) is { Succeeded: true, EndPointIsReachable: false } && TouchedRange.Of(site, device, withReleases: true) is { } touched)
                return new HintedBranch(look, StatementRange.Of(guard).Rest() is { } rest ? StatementRange.Of(rest.First).UpTo(touched.Last) : touched);
        }

        return null;
    }

    private static ExpressionSyntax? LastLook(ExpressionSyntax condition, Site site, DeviceReference device) => condition switch
    {
        ParenthesizedExpressionSyntax parenthesized => LastLook(parenthesized.Expression, site, device),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression } both => LastLook(both.Right, site, device),
        _ => site.Model.GetSymbolInfo(condition).Symbol is IPropertySymbol property && OwnershipAttributes.Has(property, "Hint") && device.Is(Receivers.Of(condition, site.Model)?.Expression) ? condition : null,
    };

    private sealed record HintedBranch(ExpressionSyntax Look, StatementRange Held);
}
