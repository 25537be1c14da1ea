using Microsoft.CodeAnalysis;

namespace Vpio.Analyzers.Rules;

/// <summary>Describes VPIO1015: handle or view of a device escapes.</summary>
internal static class HandleEscapes
{
    /// <summary>The rule.</summary>
    public static readonly DiagnosticDescriptor Rule = OwnershipRules.Describe(
        "VPIO1015",
        "Handle or view of a device escapes",
        "This view or handle of '{0}' may outlive the hold: keep it on the stack, and pass it to parameters that are [NoEscape] only",
        DiagnosticSeverity.Error);
}
