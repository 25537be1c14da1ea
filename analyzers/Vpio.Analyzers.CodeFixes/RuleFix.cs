using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Vpio.Analyzers.CodeFixes;

/// <summary>Offers repairs of what a rule reports.</summary>
public abstract class RuleFix : CodeFixProvider
{
    private protected RuleFix(params string[] ids) => FixableDiagnosticIds = ImmutableArray.Create(ids);

    /// <inheritdoc/>
    public sealed override ImmutableArray<string> FixableDiagnosticIds { get; }

    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => OneAfterTheOther.Instance;

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (await Site.FindAsync(context.Document, diagnostic, WorksOnStatements, context.CancellationToken).ConfigureAwait(false) is { } site && RemedyFor(site) is { } remedy)
                context.RegisterCodeFix(CodeAction.Create(remedy.Title, _ => Task.FromResult(remedy.Apply()), GetType().Name), diagnostic);
        }
    }

    /// <summary>Gets whether a body that is one expression has to become a block for the repair.</summary>
    internal virtual bool WorksOnStatements => false;

    /// <summary>Gets the repair of one report, or null when there is none that leaves the code right.</summary>
    internal abstract Remedy? RemedyFor(Site site);
}
