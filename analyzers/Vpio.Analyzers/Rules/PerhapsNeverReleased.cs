using Microsoft.CodeAnalysis;

namespace Vpio.Analyzers.Rules;

/// <summary>Describes VPIO1009: device not released on some path.</summary>
internal static class PerhapsNeverReleased
{
    /// <summary>The rule.</summary>
    public static readonly DiagnosticDescriptor Rule = OwnershipRules.Describe(
        "VPIO1009",
        "Device not released on some path",
        "'{0}' is still held at some end of the member: release it on every path, with 'using' or in a finally block",
        DiagnosticSeverity.Warning);
}
