using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Vpio.Analyzers.CodeFixes;

/// <summary>Repairs all reports of a scope one after the other, each in the code that the repairs before it have left: what one wraps, the next may wrap again.</summary>
internal sealed class OneAfterTheOther : FixAllProvider
{
    /// <summary>The only one.</summary>
    public static readonly OneAfterTheOther Instance = new();

    /// <inheritdoc/>
    public override IEnumerable<FixAllScope> GetSupportedFixAllScopes() => [FixAllScope.Document, FixAllScope.Project, FixAllScope.Solution];

    /// <inheritdoc/>
    public override async Task<CodeAction?> GetFixAsync(FixAllContext context)
    {
        List<(DocumentId Document, Tracked Report)> all = [];
        Solution solution = context.Solution;
        foreach (Document document in DocumentsOf(context))
        {
            ImmutableArray<Diagnostic> diagnostics = await context.GetDocumentDiagnosticsAsync(document).ConfigureAwait(false);
            if (diagnostics.IsEmpty || await document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false) is not { } root)
                continue;
            Tracked[] reports = diagnostics.OrderBy(d => d.Location.SourceSpan.Start).Select(d => new Tracked(d)).ToArray();
            solution = solution.WithDocumentSyntaxRoot(document.Id, Tracked.Mark(root, reports));
            all.AddRange(reports.Select(r => (document.Id, r)));
        }

        return CodeAction.Create("Fix all", cancel => RepairAsync((RuleFix)context.CodeFixProvider, context.Solution, solution, all, cancel), context.CodeActionEquivalenceKey);
    }

    private static IEnumerable<Document> DocumentsOf(FixAllContext context) => context.Scope switch
    {
        FixAllScope.Document when context.Document is { } document => [document],
        FixAllScope.Project => context.Project.Documents,
        FixAllScope.Solution => context.Solution.Projects.Where(p => p.Language == LanguageNames.CSharp).SelectMany(p => p.Documents),
        _ => [],
    };

    private static async Task<Solution> RepairAsync(RuleFix fix, Solution original, Solution marked, List<(DocumentId Document, Tracked Report)> all, CancellationToken cancel)
    {
        Solution solution = marked;
        foreach ((DocumentId id, Tracked report) in all)
        {
            if (solution.GetDocument(id) is { } document && await report.FindAsync(document, fix.WorksOnStatements, cancel).ConfigureAwait(false) is { } site && fix.RemedyFor(site) is { } remedy)
                solution = remedy.Apply();
        }

        // Marks alone are no repair: who takes them for one, as dotnet format does, asks no other fix.
        return solution == marked ? original : solution;
    }

    /// <summary>Is a report that is found again in changed code, by marks on the nodes it is about.</summary>
    private sealed class Tracked(Diagnostic diagnostic)
    {
        private readonly SyntaxAnnotation _node = new(), _cause = new();

        public static SyntaxNode Mark(SyntaxNode root, Tracked[] reports)
        {
            Dictionary<SyntaxNode, List<SyntaxAnnotation>> marks = [];
            foreach (Tracked report in reports)
                report.AddTo(root, marks);
            return root.ReplaceNodes(marks.Keys, (original, rewritten) => rewritten.WithAdditionalAnnotations(marks[original]));
        }

        public async Task<Site?> FindAsync(Document document, bool unfold, CancellationToken cancel)
        {
            SyntaxNode? root = await document.GetSyntaxRootAsync(cancel).ConfigureAwait(false);
            return root?.GetAnnotatedNodes(_node).FirstOrDefault() is { } node
                ? await Site.AtAsync(document, diagnostic, node, root.GetAnnotatedNodes(_cause).FirstOrDefault(), unfold, cancel).ConfigureAwait(false)
                : null;
        }

        private void AddTo(SyntaxNode root, Dictionary<SyntaxNode, List<SyntaxAnnotation>> marks)
        {
            Add(Site.NodeAt(root, diagnostic.Location.SourceSpan), _node);
            if (Site.CauseOf(root, diagnostic) is { } cause)
                Add(cause, _cause);

            void Add(SyntaxNode node, SyntaxAnnotation mark)
            {
                if (!marks.TryGetValue(node, out List<SyntaxAnnotation>? list))
                    marks[node] = list = [];
                list.Add(mark);
            }
        }
    }
}
