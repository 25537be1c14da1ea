using Microsoft.CodeAnalysis;

namespace Vpio.Analyzers.Rules;

/// <summary>Describes VPIO1019: callee excludes ownership.</summary>
internal static class ExclusionNotMet
{
    /// <summary>The rule.</summary>
    public static readonly DiagnosticDescriptor Rule = OwnershipRules.Describe(
        "VPIO1019",
        "Callee excludes ownership",
        "This must not run {0}",
        DiagnosticSeverity.Error);
}
