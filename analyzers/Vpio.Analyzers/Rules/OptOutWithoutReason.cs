using Microsoft.CodeAnalysis;

namespace Vpio.Analyzers.Rules;

/// <summary>Describes VPIO1029: opt-out without a reason.</summary>
internal static class OptOutWithoutReason
{
    /// <summary>Where the reason is expected, of an opt-out of our own.</summary>
    public const string Argument = "its argument";

    /// <summary>The rule.</summary>
    public static readonly DiagnosticDescriptor Rule = OwnershipRules.Describe(
        "VPIO1029",
        "Opt-out without a reason",
        "'{0}' switches the checks off: say why in {1}",
        DiagnosticSeverity.Warning);
}
