using Microsoft.CodeAnalysis;

namespace Vpio.Analyzers.Rules;

/// <summary>Describes VPIO1003: device touched after its release.</summary>
internal static class AfterRelease
{
    /// <summary>The rule.</summary>
    public static readonly DiagnosticDescriptor Rule = OwnershipRules.Describe(
        "VPIO1003",
        "Device touched after its release",
        "'{0}' was released before this touch: move the release behind it, or grab again",
        DiagnosticSeverity.Error);
}
