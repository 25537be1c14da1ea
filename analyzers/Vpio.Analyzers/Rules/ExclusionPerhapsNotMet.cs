using Microsoft.CodeAnalysis;

namespace Vpio.Analyzers.Rules;

/// <summary>Describes VPIO1020: callee excludes ownership that may be held.</summary>
internal static class ExclusionPerhapsNotMet
{
    /// <summary>The rule.</summary>
    public static readonly DiagnosticDescriptor Rule = OwnershipRules.Describe(
        "VPIO1020",
        "Callee excludes ownership that may be held",
        "This must not run while '{0}' is held, and it may be: release it on every path that leads here",
        DiagnosticSeverity.Warning);
}
