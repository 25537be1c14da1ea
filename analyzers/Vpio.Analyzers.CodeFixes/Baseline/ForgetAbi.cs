using Microsoft.CodeAnalysis.CodeFixes;
using Vpio.Analyzers.Baseline;

namespace Vpio.Analyzers.CodeFixes.Baseline;

/// <summary>Takes back what was shipped and is gone, and deletes the lines that say what is not so.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ForgetAbi), DocumentKinds = [nameof(TextDocumentKind.AdditionalDocument)], DocumentExtensions = [".txt"])]
public sealed class ForgetAbi() : BaselineFix("Record that it is gone", DriftKind.ShippedGone, DriftKind.Idle)
{
    /// <inheritdoc/>
    internal override void Apply(BaselineEdit edit, IEnumerable<Diagnostic> reports)
    {
        Diagnostic[] all = reports.ToArray();

        // From the last line on, so that the numbers of those before it stay.
        foreach (FileLinePositionSpan line in all.Where(r => KindOf(r) == DriftKind.Idle).Select(r => r.Location.GetLineSpan()).Distinct().OrderByDescending(l => l.StartLinePosition.Line))
            edit.Delete(line.Path, line.StartLinePosition.Line);
        foreach (BaselineEntry entry in all.Where(r => KindOf(r) == DriftKind.ShippedGone).Select(EntryOf).OfType<BaselineEntry>())
            edit.TakeBack(entry);
    }
}
