using Microsoft.CodeAnalysis.CodeFixes;

namespace Vpio.Analyzers.CodeFixes;

/// <summary>Grabs a device that is touched without a grab, and releases it behind the last touch.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(GrabAroundTouch))]
public sealed class GrabAroundTouch() : RuleFix("VPIO1001", "VPIO1002", "VPIO1017", "VPIO1022")
{
    /// <inheritdoc/>
    internal override bool WorksOnStatements => true;

    /// <inheritdoc/>
    internal override Remedy? RemedyFor(Site site)
    {
        if (site.Device is not { } device || IsGrabbed(site, device) || IsReleasedLater(site, device) || TouchedRange.Of(site, device, withReleases: false) is not { } range || HoldAround.Of(range, device, site.Model) is not { } hold)
            return null;
        // Where some path has grabbed already, this would grab twice.
        if (site.Diagnostic.Id == "VPIO1002" && DeviceUses.Any(site.Body, device, site.Model, UseKind.Grab))
            return null;
        return new Remedy(hold.Title, site, () => range.Replace([.. hold.Statements]));
    }

    // A release that nothing but this grab would pair with stays where it is, and would be one too many.
    private static bool IsReleasedLater(Site site, DeviceReference device) => DeviceUses.Of(site.Body, device, site.Model)
        .Where(u => u.Kind is UseKind.Grab or UseKind.Release && u.Node.SpanStart >= site.Node.Span.End && Bodies.Around(u.Node) == site.Body)
        .OrderBy(u => u.Node.SpanStart).FirstOrDefault() is { Kind: UseKind.Release };

    // An earlier repair of the same kind has wrapped this touch too.
    private static bool IsGrabbed(Site site, DeviceReference device) => device.Members.TryGrab is { } tryGrab &&
        site.Node.Ancestors().OfType<IfStatementSyntax>().Any(i => i.Statement.Span.Contains(site.Node.Span) && SyntaxFactory.AreEquivalent(i.Condition, device.Call(tryGrab)));
}
