using Microsoft.CodeAnalysis.CodeFixes;

namespace Vpio.Analyzers.CodeFixes;

/// <summary>Hands a requirement on to the callers of the member, with [RequiresHeld].</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RequireOfCallers))]
public sealed class RequireOfCallers() : RuleFix("VPIO1001", "VPIO1017", "VPIO1018")
{
    /// <inheritdoc/>
    internal override Remedy? RemedyFor(Site site)
    {
        if (site.Device is not { } device || MemberContract.Around(site, device) is not { } member || OwnershipAttributes.Has(member.Symbol, "RequiresHeld"))
            return null;
        // A member that grabs the device itself cannot be called with it held.
        if (DeviceUses.Any(member.Declaration, device, site.Model, UseKind.Grab, UseKind.Release))
            return null;
        return new Remedy($"Require of callers that '{device.Text}' is held", site, () => MemberContract.Add(site.Root, member.Declaration, member.Write("RequiresHeld", site.Model)));
    }
}
