using Microsoft.CodeAnalysis;

namespace Vpio.Analyzers.Rules;

/// <summary>Describes VPIO1022: another device is held.</summary>
internal static class WrongDevice
{
    /// <summary>The rule.</summary>
    public static readonly DiagnosticDescriptor Rule = OwnershipRules.Describe(
        "VPIO1022",
        "Another device is held",
        "'{0}' is not held, but '{1}' is: use '{1}', or grab '{0}'",
        DiagnosticSeverity.Error);
}
