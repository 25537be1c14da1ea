using Microsoft.CodeAnalysis.CodeFixes;

namespace Vpio.Analyzers.CodeFixes;

/// <summary>Removes the grab that is one too many: the second of two on each path, the first of those on some.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RemoveSecondGrab))]
public sealed class RemoveSecondGrab() : RuleFix("VPIO1004", "VPIO1005")
{
    /// <inheritdoc/>
    internal override Remedy? RemedyFor(Site site)
    {
        if (GrabTooMany(site) is not { Parent: ExpressionStatementSyntax statement } grab)
            return null;
        return new Remedy($"Remove '{grab}'", site, () => StatementRange.Of(statement).Remove());
    }

    // Where only some paths come by with a hold, the rest need this grab; the other one has to go.
    private static SyntaxNode? GrabTooMany(Site site) => site.Diagnostic.Id == "VPIO1004" ? site.Node : site.Cause == site.Node ? null : site.Cause;
}
