using Microsoft.CodeAnalysis.CodeFixes;

namespace Vpio.Analyzers.CodeFixes;

/// <summary>Releases what was grabbed in a finally block, and nowhere else.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ReleaseInFinally))]
public sealed class ReleaseInFinally() : RuleFix("VPIO1008", "VPIO1009", "VPIO1010")
{
    /// <inheritdoc/>
    internal override bool WorksOnStatements => true;

    /// <inheritdoc/>
    internal override Remedy? RemedyFor(Site site)
    {
        if (site.Device is not { Members.Release: { } release } device || Start(site) is not { } start || HoldsHandle(site))
            return null;
        StatementRange? rest = start.Body;
        if (rest is null)
            return start.After is null ? null : new Remedy($"Release '{device.Text}' behind", site, () => start.After.Replace(start.After.First, Write.Statement(device.Call(release))));
        rest = UpToRelease(rest, device, site.Model, out StatementSyntax? dropped);
        if (rest is null || !IsRight(rest, device, site))
            return null;
        StatementSyntax giveBack = Write.Statement(device.Call(release));
        if (start.Test is { } test)
            giveBack = Write.If(test, [giveBack]);
        return new Remedy($"Release '{device.Text}' in a finally block", site, () => Apply(rest, dropped, device, site, giveBack));
    }

    private static SyntaxNode Apply(StatementRange rest, StatementSyntax? dropped, DeviceReference device, Site site, StatementSyntax giveBack)
    {
        IEnumerable<StatementSyntax> inner = rest.Statements.Where(s => s != dropped).Select(s => WithoutReleases(s, device, site.Model));
        SyntaxTriviaList leading = rest.First.GetLeadingTrivia();
        StatementSyntax whole = Write.TryFinally(inner.Select((s, i) => i == 0 ? s.WithLeadingTrivia(SyntaxFactory.ElasticMarker) : s), giveBack).WithLeadingTrivia(leading);
        return rest.Replace(whole);
    }

    // What comes behind the release stays there, unless it needs what is declared before.
    private static StatementRange? UpToRelease(StatementRange rest, DeviceReference device, SemanticModel model, out StatementSyntax? dropped)
    {
        dropped = rest.Statements.FirstOrDefault(s => IsRelease(s, device, model));
        if (dropped is null)
            return rest;
        StatementSyntax first = rest.First, release = dropped;
        StatementRange until = StatementRange.Of(first).UpTo(release);
        return release == first ? null : until.WithUsesOfDeclared(model);
    }

    private static bool IsRight(StatementRange rest, DeviceReference device, Site site)
    {
        if (DeviceUses.Of(site.Body, device, site.Model).Any(u => u.Node.SpanStart > rest.Last.Span.End && u.Kind != UseKind.Grab && !rest.After.Any(s => DeviceUses.Any(s, device, site.Model, UseKind.Grab) && s.SpanStart < u.Node.SpanStart)))
            return false;
        return !rest.Statements.Any(device.IsWrittenIn) && !rest.Statements.Any(s => DeviceUses.Any(s, device, site.Model, UseKind.Grab)) && rest.Statements.SelectMany(s => DeviceUses.Of(s, device, site.Model)).Where(u => u.Kind == UseKind.Release).All(u => u.Node.Parent is ExpressionStatementSyntax) && !RangeFlow.Of(rest, site.Model).Suspends;
    }

    private static StatementSyntax WithoutReleases(StatementSyntax statement, DeviceReference device, SemanticModel model)
    {
        StatementSyntax[] releases = statement.DescendantNodes().OfType<StatementSyntax>().Where(s => IsRelease(s, device, model)).ToArray();
        if (releases.Length == 0)
            return statement;
        StatementSyntax emptied = statement.ReplaceNodes(releases.Where(r => r.Parent is not BlockSyntax and not SwitchSectionSyntax), (original, _) => SyntaxFactory.Block().WithTriviaFrom(original));
        return releases.All(r => r.Parent is not BlockSyntax and not SwitchSectionSyntax)
            ? emptied
            : statement.TrackNodes(releases) is var tracked && Removed(tracked, releases) is { } removed ? removed : emptied;
    }

    private static StatementSyntax Removed(StatementSyntax tracked, StatementSyntax[] releases)
    {
        foreach (StatementSyntax release in releases)
        {
            StatementSyntax current = tracked.GetCurrentNode(release)!;
            tracked = current.Parent is BlockSyntax or SwitchSectionSyntax
                ? tracked.RemoveNode(current, SyntaxRemoveOptions.KeepNoTrivia)!
                : tracked.ReplaceNode(current, SyntaxFactory.Block().WithTriviaFrom(current));
        }

        return tracked;
    }

    private static bool IsRelease(StatementSyntax statement, DeviceReference device, SemanticModel model) =>
        statement is ExpressionStatementSyntax { Expression: InvocationExpressionSyntax call } && DeviceUses.Of(call, device, model).Any(u => u.Kind == UseKind.Release && u.Node == call);

    private static bool HoldsHandle(Site site) => site.Node is InvocationExpressionSyntax call && (site.Model.GetTypeInfo(call).Type is { } type && OwnershipAttributes.Has(type, "ScopedOwnership") || call.ArgumentList.Arguments.Count > 0 || call.Parent is AwaitExpressionSyntax);

    // Where the hold begins: behind a grab, inside of a successful branch, or behind a test that leaves.
    private static HoldStart? Start(Site site) => site.Node.Parent switch
    {
        ExpressionStatementSyntax statement => Behind(StatementRange.Of(statement), null),
        IfStatementSyntax { Else: null, Statement: BlockSyntax { Statements.Count: > 0 } then } branch when branch.Condition == site.Node => new HoldStart(StatementRange.Of(then.Statements[0]).UpTo(then.Statements.Last()), null, null),
        IfStatementSyntax { Else: null, Statement: not BlockSyntax } branch when branch.Condition == site.Node => new HoldStart(StatementRange.Of(branch.Statement), null, null),
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression, Parent: IfStatementSyntax { Else: null } branch } when site.Model.AnalyzeControlFlow(branch.Statement) is { Succeeded: true, EndPointIsReachable: false } => Behind(StatementRange.Of(branch), null),
        EqualsValueClauseSyntax { Parent.Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax declaration } } when StoredResults.TestOf((InvocationExpressionSyntax)site.Node, site.Model, declaration.Span.End) is { } test => Behind(StatementRange.Of(declaration), test),
        _ => null,
    };

    private static HoldStart Behind(StatementRange grab, ExpressionSyntax? test) => new(grab.Rest(), grab.Owner.Parent is not StatementSyntax ? grab : null, test);

    private sealed record HoldStart(StatementRange? Body, StatementRange? After, ExpressionSyntax? Test);
}
