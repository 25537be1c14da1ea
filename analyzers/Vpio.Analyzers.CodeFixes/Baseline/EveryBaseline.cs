using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Vpio.Analyzers.CodeFixes.Baseline;

/// <summary>Writes all that the reports of a scope ask for, each file once.</summary>
internal sealed class EveryBaseline : FixAllProvider
{
    /// <summary>The only one.</summary>
    public static readonly EveryBaseline Instance = new();

    /// <inheritdoc/>
    public override IEnumerable<FixAllScope> GetSupportedFixAllScopes() => [FixAllScope.Document, FixAllScope.Project, FixAllScope.Solution];

    /// <inheritdoc/>
    public override async Task<CodeAction?> GetFixAsync(FixAllContext context)
    {
        BaselineFix fix = (BaselineFix)context.CodeFixProvider;
        List<(Project, Diagnostic[])> reports = [];
        if (context.Scope == FixAllScope.Document && context.Document is { } document)
            reports.Add((document.Project, [.. (await context.GetDocumentDiagnosticsAsync(document).ConfigureAwait(false)).Where(fix.Concerns)]));
        foreach (Project project in context.Scope == FixAllScope.Project ? [context.Project] : context.Scope == FixAllScope.Solution ? context.Solution.Projects : [])
            reports.Add((project, [.. (await context.GetAllDiagnosticsAsync(project).ConfigureAwait(false)).Where(fix.Concerns)]));
        return CodeAction.Create("Fix all", cancel => fix.RepairAsync(context.Solution, reports, cancel), context.CodeActionEquivalenceKey);
    }
}
