using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Vpio.Analyzers.Relevance;
using Vpio.Analyzers.Rules;

namespace Vpio.Analyzers;

/// <summary>Checks that who suppresses one of the rules in the code says why.</summary>
internal static class Suppressions
{
    // An editor that writes the attribute leaves this to be replaced.
    private const string Placeholder = "<Pending>";

    private static readonly HashSet<string> Ids = [.. OwnershipRules.All.Concat(MemoryRules.All).Select(r => r.Id)];

    /// <summary>Reports the suppressions of a file that give no reason.</summary>
    public static void Report(SyntaxTreeAnalysisContext context)
    {
        string text = context.Tree.GetText(context.CancellationToken).ToString();
        if (!Says(text, "VPIO"))
            return;
        SyntaxNode root = context.Tree.GetRoot(context.CancellationToken);
        if (Says(text, "SuppressMessage"))
            ReportAttributes(root, context.ReportDiagnostic);
        if (Says(text, "pragma"))
            ReportPragmas(root, context.ReportDiagnostic);
    }

    private static void ReportAttributes(SyntaxNode root, Action<Diagnostic> report)
    {
        foreach (AttributeSyntax attribute in root.DescendantNodes().OfType<AttributeSyntax>().Where(a => Suppresses(a) && !IsJustified(a)))
            report(Diagnostic.Create(OptOutWithoutReason.Rule, attribute.GetLocation(), DeviceNames.LastOf(attribute.Name), "its Justification"));
    }

    private static void ReportPragmas(SyntaxNode root, Action<Diagnostic> report)
    {
        foreach (PragmaWarningDirectiveTriviaSyntax pragma in root.DescendantTrivia(n => n.ContainsDirectives).Select(t => t.GetStructure()).OfType<PragmaWarningDirectiveTriviaSyntax>())
        {
            if (pragma.IsActive && pragma.DisableOrRestoreKeyword.IsKind(SyntaxKind.DisableKeyword) && pragma.ErrorCodes.FirstOrDefault(c => Ids.Contains(c.ToString())) is { } code && !IsExplained(pragma))
                report(Diagnostic.Create(OptOutWithoutReason.Rule, code.GetLocation(), $"#pragma warning disable {code}", "a comment behind it"));
        }
    }

    private static bool Says(string text, string word) => text.IndexOf(word, StringComparison.Ordinal) >= 0;

    // The id may have the rule's title after a colon.
    private static bool Suppresses(AttributeSyntax attribute) =>
        DeviceNames.LastOf(attribute.Name) is "SuppressMessage" or "SuppressMessageAttribute" or "UnconditionalSuppressMessage" or "UnconditionalSuppressMessageAttribute" &&
        (attribute.ArgumentList?.Arguments.Any(a => a.NameEquals is null && a.Expression is LiteralExpressionSyntax { Token.ValueText: var id } && Ids.Contains(id.Split(':')[0].Trim())) ?? false);

    // What is no literal is a constant with a text of its own.
    private static bool IsJustified(AttributeSyntax attribute) =>
        attribute.ArgumentList!.Arguments.FirstOrDefault(a => a.NameEquals?.Name.Identifier.ValueText == "Justification") is { } reason &&
        (reason.Expression is not LiteralExpressionSyntax literal || (literal.Token.Value is string text && !string.IsNullOrWhiteSpace(text) && text != Placeholder));

    private static bool IsExplained(PragmaWarningDirectiveTriviaSyntax pragma) =>
        pragma.DescendantTrivia().Any(t => t.IsKind(SyntaxKind.SingleLineCommentTrivia) && t.ToString().Trim('/', ' ', '\t').Length > 0);
}
