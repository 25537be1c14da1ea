using Microsoft.CodeAnalysis;

namespace Vpio.Analyzers.Rules;

/// <summary>Describes VPIO1001: device touched without a grab.</summary>
internal static class NotHeld
{
    /// <summary>The rule.</summary>
    public static readonly DiagnosticDescriptor Rule = OwnershipRules.Describe(
        "VPIO1001",
        "Device touched without a grab",
        "'{0}' is touched but never grabbed on this path: grab it first, and touch it only when the grab succeeded",
        DiagnosticSeverity.Error);
}
