using Microsoft.CodeAnalysis.CodeFixes;

namespace Vpio.Analyzers.CodeFixes;

/// <summary>Removes a release of a device that is not held.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RemoveRelease))]
public sealed class RemoveRelease() : RuleFix("VPIO1006")
{
    /// <inheritdoc/>
    internal override bool WorksOnStatements => true;

    /// <inheritdoc/>
    internal override Remedy? RemedyFor(Site site) => site.Node.Parent is ExpressionStatementSyntax statement
        ? new Remedy($"Remove '{site.Node}'", site, () => StatementRange.Of(statement).Remove())
        : null;
}
