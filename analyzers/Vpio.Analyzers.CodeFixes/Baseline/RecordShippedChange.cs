using Microsoft.CodeAnalysis.CodeFixes;
using Vpio.Analyzers.Baseline;

namespace Vpio.Analyzers.CodeFixes.Baseline;

/// <summary>Records that what was shipped has changed: takes the old entry back, and adds the new one.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RecordShippedChange))]
public sealed class RecordShippedChange() : BaselineFix($"Record the change of what was shipped in {BaselineFile.UnshippedName}", DriftKind.ShippedChanged)
{
    /// <inheritdoc/>
    internal override void Apply(BaselineEdit edit, IEnumerable<Diagnostic> reports)
    {
        foreach (BaselineEntry entry in reports.Select(EntryOf).OfType<BaselineEntry>())
            edit.Record(entry);
    }
}
