using Microsoft.CodeAnalysis;

namespace Vpio.Analyzers.Rules;

/// <summary>Describes VPIO1005: device grabbed while perhaps held.</summary>
internal static class PerhapsGrabbedTwice
{
    /// <summary>The rule.</summary>
    public static readonly DiagnosticDescriptor Rule = OwnershipRules.Describe(
        "VPIO1005",
        "Device grabbed while perhaps held",
        "'{0}' may be held already: release it on every path that leads here",
        DiagnosticSeverity.Warning);
}
