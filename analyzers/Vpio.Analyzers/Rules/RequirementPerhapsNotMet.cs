using Microsoft.CodeAnalysis;

namespace Vpio.Analyzers.Rules;

/// <summary>Describes VPIO1018: callee requires ownership held on some paths only.</summary>
internal static class RequirementPerhapsNotMet
{
    /// <summary>The rule.</summary>
    public static readonly DiagnosticDescriptor Rule = OwnershipRules.Describe(
        "VPIO1018",
        "Callee requires ownership held on some paths only",
        "This requires '{0}' to be held, and on some path it {1}: make sure of it on every path that leads here",
        DiagnosticSeverity.Warning);
}
