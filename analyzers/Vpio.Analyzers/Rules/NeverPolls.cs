using Microsoft.CodeAnalysis;

namespace Vpio.Analyzers.Rules;

/// <summary>Describes VPIO1023: long loop under ownership never polls.</summary>
internal static class NeverPolls
{
    /// <summary>The rule.</summary>
    public static readonly DiagnosticDescriptor Rule = OwnershipRules.Describe(
        "VPIO1023",
        "Long loop under ownership never polls",
        "'{0}' is held through every round and nobody looks whether it is wanted back: poll in each round, and leave when it is",
        DiagnosticSeverity.Warning);
}
