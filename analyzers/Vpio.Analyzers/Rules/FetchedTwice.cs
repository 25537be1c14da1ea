using Microsoft.CodeAnalysis;

namespace Vpio.Analyzers.Rules;

/// <summary>Describes VPIO2007: double fetch.</summary>
internal static class FetchedTwice
{
    /// <summary>The rule.</summary>
    public static readonly DiagnosticDescriptor Rule = MemoryRules.SharedMemory(
        "VPIO2007",
        "Guest-writable memory read again after a test",
        "'{0}' was read and tested before, and the guest can have changed it since: read it once into a local variable, test that and use that",
        DiagnosticSeverity.Error);
}
