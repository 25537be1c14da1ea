using Microsoft.CodeAnalysis.CodeFixes;

namespace Vpio.Analyzers.CodeFixes;

/// <summary>Says with [Excludes] that the member must not be called with the device held, where it said the opposite.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ExcludeInMember))]
public sealed class ExcludeInMember() : RuleFix("VPIO1019", "VPIO1020")
{
    /// <inheritdoc/>
    internal override Remedy? RemedyFor(Site site)
    {
        if (site.Device is not { } device || MemberContract.Around(site, device) is not { } member || OwnershipAttributes.Get(member.Symbol, "RequiresHeld") is not { } required)
            return null;
        if (OwnershipAttributes.PathsOf(required).Length > 1 || DeviceUses.Of(member.Declaration, device, site.Model).Any() || required.ApplicationSyntaxReference?.GetSyntax() is not AttributeSyntax attribute || attribute.SyntaxTree != site.Root.SyntaxTree)
            return null;
        return new Remedy($"Exclude that callers hold '{device.Text}'", site, () => site.Root.ReplaceNode(attribute, member.Write("Excludes", site.Model).WithTriviaFrom(attribute)));
    }
}
