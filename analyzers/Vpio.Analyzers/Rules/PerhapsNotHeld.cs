using Microsoft.CodeAnalysis;

namespace Vpio.Analyzers.Rules;

/// <summary>Describes VPIO1002: device touched though held on some paths only.</summary>
internal static class PerhapsNotHeld
{
    /// <summary>The rule.</summary>
    public static readonly DiagnosticDescriptor Rule = OwnershipRules.Describe(
        "VPIO1002",
        "Device touched though held on some paths only",
        "'{0}' is held on some paths only: test the result of its grab before this touch",
        DiagnosticSeverity.Error);
}
