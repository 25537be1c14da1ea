using Microsoft.CodeAnalysis;

namespace Vpio.Analyzers.Rules;

/// <summary>Describes VPIO1013: await or yield while a device is held.</summary>
internal static class SuspendedWhileHeld
{
    /// <summary>The rule.</summary>
    public static readonly DiagnosticDescriptor Rule = OwnershipRules.Describe(
        "VPIO1013",
        "Await or yield while a device is held",
        "'{0}' is held while the member is suspended: release it before, and grab it again after",
        DiagnosticSeverity.Error);
}
