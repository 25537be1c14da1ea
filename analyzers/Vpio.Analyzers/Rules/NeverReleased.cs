using Microsoft.CodeAnalysis;

namespace Vpio.Analyzers.Rules;

/// <summary>Describes VPIO1008: device never released.</summary>
internal static class NeverReleased
{
    /// <summary>The rule.</summary>
    public static readonly DiagnosticDescriptor Rule = OwnershipRules.Describe(
        "VPIO1008",
        "Device never released",
        "'{0}' is still held when the member ends: release it, with 'using' or in a finally block, or say [Acquires]",
        DiagnosticSeverity.Error);
}
