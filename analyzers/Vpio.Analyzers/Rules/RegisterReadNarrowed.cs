using Microsoft.CodeAnalysis;

namespace Vpio.Analyzers.Rules;

/// <summary>Describes VPIO2010: device register that may be read at another width than its own.</summary>
internal static class RegisterReadNarrowed
{
    /// <summary>The rule.</summary>
    public static readonly DiagnosticDescriptor Rule = MemoryRules.SharedMemory(
        "VPIO2010",
        "Device register read where the compiler may narrow it",
        "{0}",
        DiagnosticSeverity.Error);
}
