using Microsoft.CodeAnalysis;

namespace Vpio.Analyzers.Rules;

/// <summary>Describes VPIO1014: blocking call while a device is held.</summary>
internal static class BlockedWhileHeld
{
    /// <summary>The rule.</summary>
    public static readonly DiagnosticDescriptor Rule = OwnershipRules.Describe(
        "VPIO1014",
        "Blocking call while a device is held",
        "This waits {0}",
        DiagnosticSeverity.Warning);
}
