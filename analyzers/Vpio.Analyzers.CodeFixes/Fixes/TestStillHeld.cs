using Microsoft.CodeAnalysis.CodeFixes;

namespace Vpio.Analyzers.CodeFixes;

/// <summary>Looks whether a device that may have been lost is held still.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(TestStillHeld))]
public sealed class TestStillHeld() : RuleFix("VPIO1024")
{
    /// <inheritdoc/>
    internal override bool WorksOnStatements => true;

    /// <inheritdoc/>
    internal override Remedy? RemedyFor(Site site)
    {
        // Behind a known stop the device is to be given back, and no look at it changes that.
        if (site.Device is not { Members.Proof: { } proof } device || site.Cause is null || site.Model.GetSymbolInfo(site.Cause).Symbol is not { } loser || !OwnershipAttributes.Has(loser, "MayRevoke"))
            return null;
        if (TouchedRange.Of(site, device, withReleases: true) is not { } range || !RangeFlow.Of(range, site.Model).MayBeSkipped)
            return null;
        ExpressionSyntax test = Write.Question(device, proof.Name, OwnershipAttributes.Truth(OwnershipAttributes.Get(proof, "HeldWhen")) == true);
        return new Remedy($"Test '{test}' before", site, () => range.Replace(Write.If(test, range.Inner()).WithLeadingTrivia(range.First.GetLeadingTrivia())));
    }
}
