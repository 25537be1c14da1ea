using Microsoft.CodeAnalysis.CodeFixes;
using Vpio.Analyzers.Baseline;

namespace Vpio.Analyzers.CodeFixes.Baseline;

/// <summary>Records what the source declares, where that is new or was not shipped.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RecordAbi))]
public sealed class RecordAbi() : BaselineFix($"Record in {BaselineFile.UnshippedName}", DriftKind.NotRecorded, DriftKind.Changed)
{
    /// <inheritdoc/>
    internal override void Apply(BaselineEdit edit, IEnumerable<Diagnostic> reports)
    {
        foreach (BaselineEntry entry in reports.Select(EntryOf).OfType<BaselineEntry>())
            edit.Record(entry);
    }
}
