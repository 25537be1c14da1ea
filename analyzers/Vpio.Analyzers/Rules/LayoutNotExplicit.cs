using Microsoft.CodeAnalysis;

namespace Vpio.Analyzers.Rules;

/// <summary>Describes VPIO2002: ABI struct whose layout or size is left to the compiler.</summary>
internal static class LayoutNotExplicit
{
    /// <summary>The rule.</summary>
    public static readonly DiagnosticDescriptor Rule = MemoryRules.Layout(
        "VPIO2002",
        "Layout of an ABI struct not explicit",
        "'{0}' {1}",
        DiagnosticSeverity.Error);
}
