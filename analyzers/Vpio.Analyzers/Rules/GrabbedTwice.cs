using Microsoft.CodeAnalysis;

namespace Vpio.Analyzers.Rules;

/// <summary>Describes VPIO1004: device grabbed while held.</summary>
internal static class GrabbedTwice
{
    /// <summary>The rule.</summary>
    public static readonly DiagnosticDescriptor Rule = OwnershipRules.Describe(
        "VPIO1004",
        "Device grabbed while held",
        "'{0}' is held already: remove this grab, or release first",
        DiagnosticSeverity.Error);
}
