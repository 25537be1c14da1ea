using Microsoft.CodeAnalysis;

namespace Vpio.Analyzers.Rules;

/// <summary>Makes descriptions of rules, each with the address of its page.</summary>
internal static class RulePage
{
    private const string Pages = "https://github.com/vpio/vpio/blob/main/docs/rules/";

    /// <summary>Makes a rule's description.</summary>
    public static DiagnosticDescriptor Describe(string id, string title, string message, string category, DiagnosticSeverity severity) =>
        new(id, title, message, category, severity, isEnabledByDefault: true, helpLinkUri: $"{Pages}{id}.md");
}
