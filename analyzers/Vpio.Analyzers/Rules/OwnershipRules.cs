using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Vpio.Analyzers.Rules;

/// <summary>Lists the ownership rules.</summary>
internal static class OwnershipRules
{
    /// <summary>Gets every rule.</summary>
    public static ImmutableArray<DiagnosticDescriptor> All { get; } = ImmutableArray.Create(
        NotHeld.Rule,
        PerhapsNotHeld.Rule,
        AfterRelease.Rule,
        GrabbedTwice.Rule,
        PerhapsGrabbedTwice.Rule,
        ReleasedNotHeld.Rule,
        PerhapsReleasedNotHeld.Rule,
        NeverReleased.Rule,
        PerhapsNeverReleased.Rule,
        LeakedByException.Rule,
        ResultNeverTested.Rule,
        DecidedOnHint.Rule,
        SuspendedWhileHeld.Rule,
        BlockedWhileHeld.Rule,
        HandleEscapes.Rule,
        HandleCopied.Rule,
        RequirementNotMet.Rule,
        RequirementPerhapsNotMet.Rule,
        ExclusionNotMet.Rule,
        ExclusionPerhapsNotMet.Rule,
        ContractBroken.Rule,
        WrongDevice.Rule,
        NeverPolls.Rule,
        TouchedAfterStop.Rule,
        ContractNotInherited.Rule,
        ContractLostInDelegate.Rule,
        StaleValue.Rule,
        ConflictingOrder.Rule,
        OptOutWithoutReason.Rule);

    /// <summary>Gets the rule with an id.</summary>
    public static DiagnosticDescriptor ById(string id) => All.First(r => r.Id == id);

    /// <summary>Makes a rule's description.</summary>
    public static DiagnosticDescriptor Describe(string id, string title, string message, DiagnosticSeverity severity) =>
        RulePage.Describe(id, title, message, "Ownership", severity);
}
