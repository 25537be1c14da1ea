using Microsoft.CodeAnalysis;

namespace Vpio.Analyzers.Rules;

/// <summary>Describes VPIO1021: contract broken or malformed.</summary>
internal static class ContractBroken
{
    /// <summary>The rule.</summary>
    public static readonly DiagnosticDescriptor Rule = OwnershipRules.Describe(
        "VPIO1021",
        "Contract broken or malformed",
        "{0}",
        DiagnosticSeverity.Error);
}
