namespace Vpio.Analyzers.CodeFixes;

/// <summary>Finds how far a hold, or a test of one, has to reach for one touch and what follows it.</summary>
internal static class TouchedRange
{
    /// <summary>Gets the touch with the later ones that no grab comes before, or only those beside it when that is too much.</summary>
    /// <param name="site">The touch.</param>
    /// <param name="device">The device.</param>
    /// <param name="withReleases">Whether a release belongs to it too; the touches end there otherwise.</param>
    /// <param name="guard">A condition whose statements are left out: they are tested already.</param>
    public static StatementRange? Of(Site site, DeviceReference device, bool withReleases, ExpressionSyntax? guard = null)
    {
        if (site.Range is not { } here)
            return null;
        StatementRange near = here.WithUsesOfDeclared(site.Model);
        SyntaxNode? last = LastUse(site, device, withReleases, guard);
        if (last is null || near.Statements.Any(s => s.Span.Contains(last.Span)))
            return near;
        StatementRange? far = here.Reaching(last)?.WithUsesOfDeclared(site.Model);
        if (far is not null && RangeFlow.Of(far, site.Model).MayBeHeld)
            return far;
        return here.Siblings.LastOrDefault(s => s.SpanStart > here.First.SpanStart && s.SpanStart <= last.SpanStart && DeviceUses.Any(s, device, site.Model, UseKind.Touch)) is { } beside ? here.UpTo(beside).WithUsesOfDeclared(site.Model) : near;
    }

    private static SyntaxNode? LastUse(Site site, DeviceReference device, bool withReleases, ExpressionSyntax? guard)
    {
        SyntaxNode? last = null;
        foreach (DeviceUse use in DeviceUses.Of(site.Body, device, site.Model).Where(u => u.Node.SpanStart >= site.Node.Span.End && Bodies.Around(u.Node) == site.Body && !IsGuarded(u.Node, guard)))
        {
            if (use.Kind == UseKind.Grab || (use.Kind == UseKind.Release && !withReleases))
                break;
            last = use.Node;
            if (use.Kind == UseKind.Release)
                break;
        }

        return last;
    }

    private static bool IsGuarded(SyntaxNode node, ExpressionSyntax? guard) => guard is not null &&
        node.Ancestors().OfType<IfStatementSyntax>().Any(i => SyntaxFactory.AreEquivalent(i.Condition, guard) && i.Statement.Span.Contains(node.Span));
}
