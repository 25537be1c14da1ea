namespace Vpio.Analyzers.CodeFixes;

/// <summary>Is the place that a report is about: the code, its meaning, and the device.</summary>
internal sealed class Site
{
    private Site(Document document, SemanticModel model, Diagnostic diagnostic, SyntaxNode node, SyntaxNode? cause)
    {
        Document = document;
        Model = model;
        Root = model.SyntaxTree.GetRoot();
        Diagnostic = diagnostic;
        Node = node;
        Cause = cause;
        Device = DeviceReference.At(this);
    }

    /// <summary>Gets the file.</summary>
    public Document Document { get; }

    /// <summary>Gets the file's meaning.</summary>
    public SemanticModel Model { get; }

    /// <summary>Gets the file's syntax.</summary>
    public SyntaxNode Root { get; }

    /// <summary>Gets the report.</summary>
    public Diagnostic Diagnostic { get; }

    /// <summary>Gets what the report is about.</summary>
    public SyntaxNode Node { get; }

    /// <summary>Gets where the state that is wrong came from, if that is in the same file.</summary>
    public SyntaxNode? Cause { get; }

    /// <summary>Gets the device, when it can be written again.</summary>
    public DeviceReference? Device { get; }

    /// <summary>Gets the statement that the node stands in, or null outside of bodies.</summary>
    public StatementSyntax? Statement => Node.FirstAncestorOrSelf<StatementSyntax>();

    /// <summary>Gets the run of statements that starts with the one that the node stands in.</summary>
    public StatementRange? Range => Statement is { } statement ? StatementRange.Of(statement) : null;

    /// <summary>Gets the body that the node runs in: of a member, an accessor, a local function or a lambda.</summary>
    public SyntaxNode Body => Bodies.Around(Node);

    /// <summary>Gets a name that the report gives besides its message.</summary>
    public string? Property(string name) => Diagnostic.Properties.TryGetValue(name, out string? value) ? value : null;

    /// <summary>Finds the place of a report.</summary>
    public static async Task<Site?> FindAsync(Document document, Diagnostic diagnostic, bool unfold, CancellationToken cancel) =>
        await document.GetSyntaxRootAsync(cancel).ConfigureAwait(false) is { } root
            ? await AtAsync(document, diagnostic, NodeAt(root, diagnostic.Location.SourceSpan), CauseOf(root, diagnostic), unfold, cancel).ConfigureAwait(false)
            : null;

    /// <summary>Makes the place of a report whose nodes are known.</summary>
    /// <param name="document">The file.</param>
    /// <param name="diagnostic">The report.</param>
    /// <param name="node">What it is about.</param>
    /// <param name="cause">Where the state came from.</param>
    /// <param name="unfold">Whether a body that is one expression becomes a block first, so that there is a statement to work on.</param>
    /// <param name="cancel">Ends the work.</param>
    public static async Task<Site?> AtAsync(Document document, Diagnostic diagnostic, SyntaxNode node, SyntaxNode? cause, bool unfold, CancellationToken cancel)
    {
        if (await document.GetSemanticModelAsync(cancel).ConfigureAwait(false) is not { } model)
            return null;
        if (!unfold || Bodies.ExpressionAround(node) is not { } body)
            return new Site(document, model, diagnostic, node, cause);
        SyntaxAnnotation there = new(), whence = new();
        SyntaxNode marked = model.SyntaxTree.GetRoot(cancel).ReplaceNodes(cause is null || cause == node ? new[] { node } : [node, cause], (original, rewritten) => rewritten.WithAdditionalAnnotations(original == node ? there : whence));
        if (Bodies.ExpressionAround(marked.GetAnnotatedNodes(there).First()) is not { } markedBody)
            return null;
        Document unfolded = document.WithSyntaxRoot(Bodies.Unfold(marked, markedBody, Bodies.ReturnsValue(body, model)));
        return await unfolded.GetSyntaxRootAsync(cancel).ConfigureAwait(false) is { } root && await unfolded.GetSemanticModelAsync(cancel).ConfigureAwait(false) is { } meaning
            ? new Site(unfolded, meaning, diagnostic, root.GetAnnotatedNodes(there).First(), root.GetAnnotatedNodes(whence).FirstOrDefault())
            : null;
    }

    /// <summary>Gets the node at a reported span.</summary>
    public static SyntaxNode NodeAt(SyntaxNode root, Microsoft.CodeAnalysis.Text.TextSpan span)
    {
        SyntaxNode node = root.FindNode(span, getInnermostNodeForTie: true);
        return node is ArgumentSyntax argument ? argument.Expression : node;
    }

    /// <summary>Gets the node of the first place besides, when that is in the same file.</summary>
    public static SyntaxNode? CauseOf(SyntaxNode root, Diagnostic diagnostic) =>
        diagnostic.AdditionalLocations.FirstOrDefault() is { } location && location.SourceTree?.FilePath == root.SyntaxTree.FilePath && root.FullSpan.Contains(location.SourceSpan)
            ? NodeAt(root, location.SourceSpan)
            : null;
}
