using Microsoft.CodeAnalysis;

namespace Vpio.Analyzers.Rules;

/// <summary>Describes VPIO2001: field of an ABI struct that is not the same bytes everywhere.</summary>
internal static class NotBlittable
{
    /// <summary>The rule.</summary>
    public static readonly DiagnosticDescriptor Rule = MemoryRules.Layout(
        "VPIO2001",
        "ABI struct not blittable",
        "'{0}' {1}",
        DiagnosticSeverity.Error);
}
