using Microsoft.CodeAnalysis;

namespace Vpio.Analyzers.Rules;

/// <summary>Describes VPIO1026: contract lost in a delegate.</summary>
internal static class ContractLostInDelegate
{
    /// <summary>The rule.</summary>
    public static readonly DiagnosticDescriptor Rule = OwnershipRules.Describe(
        "VPIO1026",
        "Contract lost in a delegate",
        "Callers of the delegate cannot see what '{0}' demands: use a delegate type with the same attribute",
        DiagnosticSeverity.Error);
}
