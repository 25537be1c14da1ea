using Microsoft.CodeAnalysis;

namespace Vpio.Analyzers.Rules;

/// <summary>Describes VPIO1028: devices grabbed in conflicting orders.</summary>
internal static class ConflictingOrder
{
    /// <summary>The rule.</summary>
    public static readonly DiagnosticDescriptor Rule = OwnershipRules.Describe(
        "VPIO1028",
        "Devices grabbed in conflicting orders",
        "'{0}' is to be grabbed before '{1}', which is held: swap the two grabs",
        DiagnosticSeverity.Warning);
}
