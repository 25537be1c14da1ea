using Microsoft.CodeAnalysis;

namespace Vpio.Analyzers.Rules;

/// <summary>Describes VPIO2009: word with a format that is put together bit by bit.</summary>
internal static class StateWordByHand
{
    /// <summary>The rule.</summary>
    public static readonly DiagnosticDescriptor Rule = MemoryRules.SharedMemory(
        "VPIO2009",
        "State word built by hand",
        "{0}",
        DiagnosticSeverity.Warning);
}
