using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Vpio.Analyzers.Rules;

/// <summary>Lists the rules on layout and on shared memory.</summary>
internal static class MemoryRules
{
    /// <summary>Gets every rule.</summary>
    public static ImmutableArray<DiagnosticDescriptor> All { get; } = ImmutableArray.Create(
        NotBlittable.Rule,
        LayoutNotExplicit.Rule,
        FieldMisplaced.Rule,
        PointerSizedField.Rule,
        DiffersFromBaseline.Rule,
        SharedWordAccessedPlainly.Rule,
        FetchedTwice.Rule,
        NumberNotFree.Rule,
        StateWordByHand.Rule,
        RegisterReadNarrowed.Rule);

    /// <summary>Makes the description of a rule on what is declared.</summary>
    public static DiagnosticDescriptor Layout(string id, string title, string message, DiagnosticSeverity severity) => RulePage.Describe(id, title, message, "Layout", severity);

    /// <summary>Makes the description of a rule on what is done with memory that others see.</summary>
    public static DiagnosticDescriptor SharedMemory(string id, string title, string message, DiagnosticSeverity severity) => RulePage.Describe(id, title, message, "SharedMemory", severity);
}
