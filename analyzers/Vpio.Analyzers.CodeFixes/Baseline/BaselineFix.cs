using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Vpio.Analyzers.Baseline;

namespace Vpio.Analyzers.CodeFixes.Baseline;

/// <summary>Offers to write into the baseline files what VPIO2005 asks for.</summary>
public abstract class BaselineFix : CodeFixProvider
{
    private readonly string _title;
    private readonly ImmutableArray<DriftKind> _kinds;

    private protected BaselineFix(string title, params DriftKind[] kinds)
    {
        _title = title;
        _kinds = kinds.ToImmutableArray();
    }

    /// <inheritdoc/>
    public sealed override ImmutableArray<string> FixableDiagnosticIds => ImmutableArray.Create("VPIO2005");

    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => EveryBaseline.Instance;

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        Project project = context.TextDocument.Project;
        foreach (Diagnostic diagnostic in context.Diagnostics.Where(Concerns))
        {
            if (await BaselineEdit.OpenAsync(project, context.CancellationToken).ConfigureAwait(false) is { } edit && CanApply(edit))
                context.RegisterCodeFix(CodeAction.Create(_title, cancel => RepairAsync(project.Solution, [(project, [diagnostic])], cancel), GetType().Name), diagnostic);
        }
    }

    /// <summary>Repairs reports of some projects, which are all of the kind that this repairs.</summary>
    /// <returns>The same solution when there is nothing to do: the command line asks each fix in turn, until one has changed something.</returns>
    internal async Task<Solution> RepairAsync(Solution solution, IEnumerable<(Project Project, Diagnostic[] Reports)> projects, CancellationToken cancel)
    {
        // Projects that share their files share the change: one with several frameworks is a project for each.
        Dictionary<string, (BaselineEdit Edit, List<Diagnostic> Reports)> edits = [];
        foreach ((Project project, Diagnostic[] reports) in projects.Where(p => p.Reports.Length > 0))
        {
            if (await BaselineEdit.OpenAsync(project, cancel).ConfigureAwait(false) is not { } opened || !CanApply(opened))
                continue;
            if (!edits.ContainsKey(opened.Path))
                edits.Add(opened.Path, (opened, []));
            edits[opened.Path].Reports.AddRange(reports);
        }

        foreach ((BaselineEdit edit, List<Diagnostic> reports) in edits.Values)
        {
            Apply(edit, reports);
            solution = edit.Write(solution);
        }

        return solution;
    }

    /// <summary>Gets whether a report asks for what this does.</summary>
    internal bool Concerns(Diagnostic report) => KindOf(report) is { } kind && _kinds.Contains(kind);

    /// <summary>Gets whether the files that there are allow it.</summary>
    internal virtual bool CanApply(BaselineEdit edit) => true;

    /// <summary>Writes what some reports ask for.</summary>
    internal abstract void Apply(BaselineEdit edit, IEnumerable<Diagnostic> reports);

    /// <summary>Gets what a report asks for.</summary>
    private protected static DriftKind? KindOf(Diagnostic report) =>
        report.Properties.TryGetValue(BaselineReport.Kind, out string? text) && Enum.TryParse(text, out DriftKind kind) ? kind : null;

    /// <summary>Gets the entry that a report is about.</summary>
    private protected static BaselineEntry? EntryOf(Diagnostic report) =>
        report.Properties.TryGetValue(BaselineReport.Entry, out string? text) && text is not null ? BaselineEntry.Parse(text) : null;
}
