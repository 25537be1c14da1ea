using Microsoft.CodeAnalysis;

namespace Vpio.Analyzers.Rules;

/// <summary>Describes VPIO1011: result of a try-grab or poll never tested.</summary>
internal static class ResultNeverTested
{
    /// <summary>The rule.</summary>
    public static readonly DiagnosticDescriptor Rule = OwnershipRules.Describe(
        "VPIO1011",
        "Result of a try-grab or poll never tested",
        "Nothing depends on the answer about '{0}': test it, and touch or go on only when it says so",
        DiagnosticSeverity.Error);
}
