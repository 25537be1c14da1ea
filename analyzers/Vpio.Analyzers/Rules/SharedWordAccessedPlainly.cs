using Microsoft.CodeAnalysis;

namespace Vpio.Analyzers.Rules;

/// <summary>Describes VPIO2006: shared word that is read or written without Volatile or Interlocked.</summary>
internal static class SharedWordAccessedPlainly
{
    /// <summary>The rule.</summary>
    public static readonly DiagnosticDescriptor Rule = MemoryRules.SharedMemory(
        "VPIO2006",
        "Shared word accessed plainly",
        "{0}",
        DiagnosticSeverity.Error);
}
