using Microsoft.CodeAnalysis;

namespace Vpio.Analyzers.Rules;

/// <summary>Describes VPIO1017: callee requires ownership.</summary>
internal static class RequirementNotMet
{
    /// <summary>The rule.</summary>
    public static readonly DiagnosticDescriptor Rule = OwnershipRules.Describe(
        "VPIO1017",
        "Callee requires ownership",
        "This requires '{0}' to be held, and it {1}: {2}",
        DiagnosticSeverity.Error);
}
