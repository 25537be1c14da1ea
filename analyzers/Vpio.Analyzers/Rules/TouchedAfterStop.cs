using Microsoft.CodeAnalysis;

namespace Vpio.Analyzers.Rules;

/// <summary>Describes VPIO1024: device touched though a stop is known or ownership may be lost.</summary>
internal static class TouchedAfterStop
{
    /// <summary>The rule.</summary>
    public static readonly DiagnosticDescriptor Rule = OwnershipRules.Describe(
        "VPIO1024",
        "Device touched though a stop is known or ownership may be lost",
        "'{0}' is wanted back or may be lost already: only quiesce and release it here, or check again that it is held",
        DiagnosticSeverity.Error);
}
