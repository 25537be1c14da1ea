using Microsoft.CodeAnalysis.Formatting;

namespace Vpio.Analyzers.CodeFixes;

/// <summary>Keeps in a local variable whether a device is held, where grabs that wait leave no result to test.</summary>
internal static class RememberedHold
{
    /// <summary>Gets whether each grab in the body is a statement of its own, so that the variable can be set behind it.</summary>
    public static bool CanServe(Site site, DeviceReference device)
    {
        DeviceUse[] grabs = DeviceUses.Of(site.Body, device, site.Model).Where(u => u.Kind == UseKind.Grab).ToArray();
        return grabs.Length > 0 && !device.IsWrittenIn(site.Body) && BodyOf(site.Body) is not null && grabs.All(g => IsStatement(g.Node) && Bodies.Around(g.Node) == site.Body && (g.Node as InvocationExpressionSyntax)?.ArgumentList.Arguments.Count == 0 && OwnershipAttributes.Has(site.Model.GetSymbolInfo(g.Node).Symbol!, "Acquires"));
    }

    /// <summary>Puts a run under the condition that the device is held.</summary>
    /// <returns>The file with the variable, set behind each grab and cleared behind each release.</returns>
    public static SyntaxNode Guard(Site site, DeviceReference device, StatementRange range)
    {
        string name = UniqueName.For("held", site.Model, site.Node.SpanStart, site.Body);
        DeviceUse[] uses = DeviceUses.Of(site.Body, device, site.Model).Where(u => u.Kind != UseKind.Touch && IsStatement(u.Node) && Bodies.Around(u.Node) == site.Body).ToArray();
        StatementSyntax[] grabs = uses.Where(u => u.Kind == UseKind.Grab).Select(u => (StatementSyntax)u.Node.Parent!).ToArray();
        StatementSyntax[] releases = uses.Where(u => u.Kind == UseKind.Release && MattersAfter(u.Node, site, device)).Select(u => (StatementSyntax)u.Node.Parent!).ToArray();
        BlockSyntax body = BodyOf(site.Body)!;
        SyntaxNode root = site.Root.TrackNodes(grabs.Concat<SyntaxNode>(releases).Concat(range.Statements).Append(body).Distinct());
        foreach (StatementSyntax grab in grabs)
            root = SetBehind(root, grab, name, truth: true);
        foreach (StatementSyntax release in releases.Where(r => !range.Statements.Contains(r)))
            root = SetBehind(root, release, name, truth: false);
        root = Wrap(root, range, releases.Intersect(range.Statements).Any() ? name : null, name);
        BlockSyntax current = root.GetCurrentNode(body)!;
        StatementSyntax declaration = Write.OnItsLine(SyntaxFactory.ParseStatement($"bool {name} = false;")).WithAdditionalAnnotations(Formatter.Annotation);
        return root.ReplaceNode(current, current.WithStatements(current.Statements.Insert(0, declaration)));
    }

    private static SyntaxNode Wrap(SyntaxNode root, StatementRange range, string? cleared, string name)
    {
        StatementRange current = StatementRange.Of(root.GetCurrentNode(range.First)!).UpTo(root.GetCurrentNode(range.Last)!);
        IEnumerable<StatementSyntax> inner = current.Inner();
        if (cleared is not null)
            inner = inner.Append(Set(cleared, truth: false));
        return current.Replace(Write.If(SyntaxFactory.IdentifierName(name), inner).WithLeadingTrivia(current.First.GetLeadingTrivia()));
    }

    private static SyntaxNode SetBehind(SyntaxNode root, StatementSyntax statement, string name, bool truth)
    {
        StatementSyntax current = root.GetCurrentNode(statement)!;
        return StatementRange.Of(current).Replace(current, Set(name, truth));
    }

    private static StatementSyntax Set(string name, bool truth) => SyntaxFactory.ParseStatement($"{name} = {(truth ? "true" : "false")};");

    // A release that nothing comes after need not be remembered.
    private static bool MattersAfter(SyntaxNode release, Site site, DeviceReference device) =>
        release.Ancestors().TakeWhile(a => a != site.Body).Any(a => a is WhileStatementSyntax or ForStatementSyntax or DoStatementSyntax or CommonForEachStatementSyntax) ||
        DeviceUses.Of(site.Body, device, site.Model).Any(u => u.Node.SpanStart > release.Span.End);

    private static bool IsStatement(SyntaxNode node) => node.Parent is ExpressionStatementSyntax;

    private static BlockSyntax? BodyOf(SyntaxNode declaration) => declaration switch
    {
        BaseMethodDeclarationSyntax d => d.Body,
        LocalFunctionStatementSyntax d => d.Body,
        AccessorDeclarationSyntax d => d.Body,
        AnonymousFunctionExpressionSyntax d => d.Block,
        _ => null,
    };
}
