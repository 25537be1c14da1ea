using Microsoft.CodeAnalysis;

namespace Vpio.Analyzers.Rules;

/// <summary>Describes VPIO2005: ABI that is not what the baseline files say.</summary>
internal static class DiffersFromBaseline
{
    /// <summary>The rule.</summary>
    public static readonly DiagnosticDescriptor Rule = MemoryRules.Layout(
        "VPIO2005",
        "ABI differs from its recorded baseline",
        "{0}",
        DiagnosticSeverity.Error);
}
