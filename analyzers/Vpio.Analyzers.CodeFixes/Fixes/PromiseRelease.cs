using Microsoft.CodeAnalysis.CodeFixes;

namespace Vpio.Analyzers.CodeFixes;

/// <summary>Says with [Releases] that the member gives back what its caller holds.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(PromiseRelease))]
public sealed class PromiseRelease() : RuleFix("VPIO1006", "VPIO1007")
{
    /// <inheritdoc/>
    internal override Remedy? RemedyFor(Site site)
    {
        if (site.Device is not { } device || MemberContract.Around(site, device) is not { } member || member.Symbol is not IMethodSymbol || OwnershipAttributes.Has(member.Symbol, "Releases") || OwnershipAttributes.Has(member.Symbol, "RequiresHeld"))
            return null;
        if (DeviceUses.Of(member.Declaration, device, site.Model).Any(u => u.Kind == UseKind.Grab || (u.Kind == UseKind.Release && u.Node != site.Node)) || site.Range is not { Owner: BlockSyntax owner } || owner.Parent != member.Declaration)
            return null;
        return new Remedy($"Say that callers hold '{device.Text}', and that it is released here", site, () => MemberContract.Add(site.Root, member.Declaration, member.Write("Releases", site.Model)));
    }
}
