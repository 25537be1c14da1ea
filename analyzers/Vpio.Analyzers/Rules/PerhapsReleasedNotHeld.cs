using Microsoft.CodeAnalysis;

namespace Vpio.Analyzers.Rules;

/// <summary>Describes VPIO1007: device released while perhaps not held.</summary>
internal static class PerhapsReleasedNotHeld
{
    /// <summary>The rule.</summary>
    public static readonly DiagnosticDescriptor Rule = OwnershipRules.Describe(
        "VPIO1007",
        "Device released while perhaps not held",
        "'{0}' may not be yours to release here: release it only where its grab is known to have succeeded",
        DiagnosticSeverity.Warning);
}
