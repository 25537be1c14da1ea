using Microsoft.CodeAnalysis.CodeFixes;

namespace Vpio.Analyzers.CodeFixes;

/// <summary>Releases a device only where its grab has succeeded.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(TestBeforeRelease))]
public sealed class TestBeforeRelease() : RuleFix("VPIO1007")
{
    /// <inheritdoc/>
    internal override bool WorksOnStatements => true;

    /// <inheritdoc/>
    internal override Remedy? RemedyFor(Site site)
    {
        if (site.Device is not { } device || site.Range is not { } range || site.Node.Parent is not ExpressionStatementSyntax)
            return null;
        if (TestFor(site, device) is { } test)
            return new Remedy($"Test '{test}' before", site, () => range.Replace(Write.If(test, range.Inner()).WithLeadingTrivia(range.First.GetLeadingTrivia())));
        return RememberedHold.CanServe(site, device)
            ? new Remedy($"Remember whether '{device.Text}' is held, and test it", site, () => RememberedHold.Guard(site, device, range))
            : null;
    }

    private static ExpressionSyntax? TestFor(Site site, DeviceReference device) => StoredResults.TestFor(site, device) ??
        (device.Members.Proof is { } proof && site.Cause is { } cause && site.Model.GetSymbolInfo(cause).Symbol is { } loser && OwnershipAttributes.Has(loser, "MayRevoke")
            ? Write.Question(device, proof.Name, OwnershipAttributes.Truth(OwnershipAttributes.Get(proof, "HeldWhen")) == true)
            : null);
}
