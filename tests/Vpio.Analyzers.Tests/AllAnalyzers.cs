using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Vpio.Analyzers.Tests;

/// <summary>Lists the analyzers of the assembly, and their rules.</summary>
internal static class AllAnalyzers
{
    /// <summary>Makes one of each.</summary>
    public static DiagnosticAnalyzer[] Make() => [.. typeof(OwnershipAnalyzer).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(DiagnosticAnalyzer)))
        .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!)];

    /// <summary>Gets the rules in the order of their ids.</summary>
    public static DiagnosticDescriptor[] Rules => [.. Make().SelectMany(analyzer => analyzer.SupportedDiagnostics).OrderBy(rule => rule.Id, StringComparer.Ordinal)];
}
