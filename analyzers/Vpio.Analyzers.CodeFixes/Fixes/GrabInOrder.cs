using Microsoft.CodeAnalysis.CodeFixes;

namespace Vpio.Analyzers.CodeFixes;

/// <summary>Grabs the device first that is to be grabbed first.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(GrabInOrder))]
public sealed class GrabInOrder() : RuleFix("VPIO1028")
{
    /// <inheritdoc/>
    internal override Remedy? RemedyFor(Site site)
    {
        if (site.Device is null || site.Property("held") is not { } name || DeviceReference.Named(name, site) is not { } other || site.Node.Parent is not ExpressionStatementSyntax grab || site.Range is not { } range)
            return null;
        if (range.Before.LastOrDefault(s => s is ExpressionStatementSyntax { Expression: InvocationExpressionSyntax call } && DeviceUses.Of(call, other, site.Model).Any(u => u.Kind == UseKind.Grab && u.Node == call)) is not { } earlier)
            return null;
        StatementRange both = StatementRange.Of(earlier).UpTo(grab);
        return new Remedy($"Grab '{site.Device.Text}' before '{name}'", site, () => both.Replace([grab, .. both.Statements.Take(both.Statements.Length - 1)]));
    }
}
