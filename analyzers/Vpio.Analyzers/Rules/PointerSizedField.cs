using Microsoft.CodeAnalysis;

namespace Vpio.Analyzers.Rules;

/// <summary>Describes VPIO2004: field of an ABI struct as wide as a pointer.</summary>
internal static class PointerSizedField
{
    /// <summary>The rule.</summary>
    public static readonly DiagnosticDescriptor Rule = MemoryRules.Layout(
        "VPIO2004",
        "Pointer-sized field in an ABI struct",
        "'{0}' is {1}, whose size is not the same for guests of 32 and of 64 bits: use a number of 64 bits, and convert where it is used",
        DiagnosticSeverity.Error);
}
