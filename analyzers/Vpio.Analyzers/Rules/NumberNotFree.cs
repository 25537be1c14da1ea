using Microsoft.CodeAnalysis;

namespace Vpio.Analyzers.Rules;

/// <summary>Describes VPIO2008: number of an operation, a status or a bit that is not to be had.</summary>
internal static class NumberNotFree
{
    /// <summary>The rule.</summary>
    public static readonly DiagnosticDescriptor Rule = MemoryRules.Layout(
        "VPIO2008",
        "Number given out twice or reserved",
        "'{0}' has the number {1}, which {2}",
        DiagnosticSeverity.Error);
}
