using Microsoft.CodeAnalysis;

namespace Vpio.Analyzers.Rules;

/// <summary>Describes VPIO1006: device released while not held.</summary>
internal static class ReleasedNotHeld
{
    /// <summary>The rule.</summary>
    public static readonly DiagnosticDescriptor Rule = OwnershipRules.Describe(
        "VPIO1006",
        "Device released while not held",
        "'{0}' is not held here: release it only after a grab that succeeded",
        DiagnosticSeverity.Error);
}
