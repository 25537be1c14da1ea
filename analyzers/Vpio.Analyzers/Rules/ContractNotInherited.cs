using Microsoft.CodeAnalysis;

namespace Vpio.Analyzers.Rules;

/// <summary>Describes VPIO1025: contract weaker than what is overridden.</summary>
internal static class ContractNotInherited
{
    /// <summary>The rule.</summary>
    public static readonly DiagnosticDescriptor Rule = OwnershipRules.Describe(
        "VPIO1025",
        "Contract weaker than what is overridden",
        "'{0}' demands more, or promises less, than the member that it stands for: give both the same ownership attributes",
        DiagnosticSeverity.Error);
}
