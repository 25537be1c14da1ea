using Microsoft.CodeAnalysis;

namespace Vpio.Analyzers.Rules;

/// <summary>Describes VPIO2003: field of an ABI struct in a place that not every compiler gives it.</summary>
internal static class FieldMisplaced
{
    /// <summary>The rule.</summary>
    public static readonly DiagnosticDescriptor Rule = MemoryRules.Layout(
        "VPIO2003",
        "Field of an ABI struct misaligned, overlapping or padded",
        "{0}",
        DiagnosticSeverity.Error);
}
