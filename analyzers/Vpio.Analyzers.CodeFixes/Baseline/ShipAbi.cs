using Microsoft.CodeAnalysis.CodeFixes;
using Vpio.Analyzers.Baseline;

namespace Vpio.Analyzers.CodeFixes.Baseline;

/// <summary>Ships with a release all that is recorded, what is taken back included.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ShipAbi), DocumentKinds = [nameof(TextDocumentKind.Document), nameof(TextDocumentKind.AdditionalDocument)], DocumentExtensions = [".cs", ".txt"])]
public sealed class ShipAbi() : BaselineFix($"Ship: move what is in {BaselineFile.UnshippedName} to {BaselineFile.ShippedName}", DriftKind.NotShipped)
{
    /// <inheritdoc/>
    internal override bool CanApply(BaselineEdit edit) => edit.CanShip;

    /// <inheritdoc/>
    internal override void Apply(BaselineEdit edit, IEnumerable<Diagnostic> reports)
    {
        if (reports.Any())
            edit.Ship();
    }
}
