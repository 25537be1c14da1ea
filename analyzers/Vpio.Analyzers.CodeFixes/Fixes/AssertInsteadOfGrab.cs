using Microsoft.CodeAnalysis.CodeFixes;

namespace Vpio.Analyzers.CodeFixes;

/// <summary>Asserts that the device is held instead of grabbing it twice.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AssertInsteadOfGrab))]
public sealed class AssertInsteadOfGrab() : RuleFix("VPIO1004", "VPIO1005")
{
    /// <inheritdoc/>
    internal override Remedy? RemedyFor(Site site)
    {
        if (site.Device is not { Members.Assert: { } assert } device || site.Node.Parent is not ExpressionStatementSyntax || !device.Is(Receivers.Of(site.Node, site.Model)?.Expression))
            return null;
        // What was only asserted on some path is not this member's to release.
        if (site.Diagnostic.Id == "VPIO1005" && DeviceUses.Of(site.Body, device, site.Model).Any(u => u.Kind == UseKind.Release))
            return null;
        ExpressionSyntax call = device.Call(assert);
        return new Remedy($"Replace by '{call}'", site, () => site.Root.ReplaceNode(site.Node, call.WithTriviaFrom(site.Node)));
    }
}
