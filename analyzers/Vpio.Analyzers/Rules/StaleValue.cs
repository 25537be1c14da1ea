using Microsoft.CodeAnalysis;

namespace Vpio.Analyzers.Rules;

/// <summary>Describes VPIO1027: value read under an earlier hold.</summary>
internal static class StaleValue
{
    /// <summary>The rule.</summary>
    public static readonly DiagnosticDescriptor Rule = OwnershipRules.Describe(
        "VPIO1027",
        "Value read under an earlier hold",
        "'{0}' was read before the device was given away, and may have changed: read it again",
        DiagnosticSeverity.Info);
}
