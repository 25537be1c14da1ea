using Microsoft.CodeAnalysis.CodeFixes;

namespace Vpio.Analyzers.CodeFixes;

/// <summary>Tests whether the device is held before a touch that some paths reach without.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(TestBeforeTouch))]
public sealed class TestBeforeTouch() : RuleFix("VPIO1002", "VPIO1018")
{
    /// <inheritdoc/>
    internal override bool WorksOnStatements => true;

    /// <inheritdoc/>
    internal override Remedy? RemedyFor(Site site)
    {
        if (site.Device is not { } device)
            return null;
        if (StoredResults.TestFor(site, device) is { } test)
            return Guard(site, device, test);
        if (TouchedRange.Of(site, device, withReleases: true) is not { } range || !RangeFlow.Of(range, site.Model).MayBeSkipped)
            return null;
        // A proof shows that somebody holds the device; only one's own grab gives the right to release.
        if (device.Members.Proof is { } proof && DeviceUses.Any(site.Body, device, site.Model, UseKind.Grab) && !DeviceUses.Any(range.Owner, device, site.Model, UseKind.Release))
            return Guard(site, device, Write.Question(device, proof.Name, OwnershipAttributes.Truth(OwnershipAttributes.Get(proof, "HeldWhen")) == true));
        return RememberedHold.CanServe(site, device)
            ? new Remedy($"Remember whether '{device.Text}' is held, and test it", site, () => RememberedHold.Guard(site, device, range))
            : null;
    }

    private static Remedy? Guard(Site site, DeviceReference device, ExpressionSyntax test) =>
        TouchedRange.Of(site, device, withReleases: true, test) is { } range && RangeFlow.Of(range, site.Model).MayBeSkipped
            ? new Remedy($"Test '{test}' before", site, () => range.Replace(Write.If(test, range.Inner()).WithLeadingTrivia(range.First.GetLeadingTrivia())))
            : null;
}
