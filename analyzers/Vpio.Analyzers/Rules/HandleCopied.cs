using Microsoft.CodeAnalysis;

namespace Vpio.Analyzers.Rules;

/// <summary>Describes VPIO1016: handle copied.</summary>
internal static class HandleCopied
{
    /// <summary>The rule.</summary>
    public static readonly DiagnosticDescriptor Rule = OwnershipRules.Describe(
        "VPIO1016",
        "Handle copied",
        "A '{0}' must not be copied, or two would release one hold: pass it by reference",
        DiagnosticSeverity.Error);
}
