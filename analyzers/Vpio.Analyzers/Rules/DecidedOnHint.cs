using Microsoft.CodeAnalysis;

namespace Vpio.Analyzers.Rules;

/// <summary>Describes VPIO1012: decided on a hint, then touched.</summary>
internal static class DecidedOnHint
{
    /// <summary>The rule.</summary>
    public static readonly DiagnosticDescriptor Rule = OwnershipRules.Describe(
        "VPIO1012",
        "Decided on a hint, then touched",
        "'{0}' only looked idle, which proves nothing: grab it, and touch it when the grab succeeded",
        DiagnosticSeverity.Error);
}
