using Microsoft.CodeAnalysis;

namespace Vpio.Analyzers.Rules;

/// <summary>Describes VPIO1010: device held when an exception leaves.</summary>
internal static class LeakedByException
{
    /// <summary>The rule.</summary>
    public static readonly DiagnosticDescriptor Rule = OwnershipRules.Describe(
        "VPIO1010",
        "Device held when an exception leaves",
        "An exception may leave the member while '{0}' is held: release it in a finally block or with 'using'",
        DiagnosticSeverity.Warning);
}
