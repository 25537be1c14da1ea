using Microsoft.CodeAnalysis.CodeFixes;

namespace Vpio.Analyzers.CodeFixes;

/// <summary>Says that callers get the hold: with [Acquires], or [TryAcquires] where the result of a try-grab is returned.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(PromiseHold))]
public sealed class PromiseHold() : RuleFix("VPIO1008", "VPIO1009")
{
    /// <inheritdoc/>
    internal override Remedy? RemedyFor(Site site)
    {
        if (site.Device is not { } device || MemberContract.Around(site, device) is not { } member || member.Symbol is not IMethodSymbol method || OwnershipAttributes.All(method).Any(a => a.AttributeClass!.Name is "AcquiresAttribute" or "TryAcquiresAttribute" or "RequiresHeldAttribute"))
            return null;
        if (DeviceUses.Of(member.Declaration, device, site.Model).Count(u => u.Kind == UseKind.Grab) != 1)
            return null;
        AttributeSyntax? attribute = IsReturned(site.Node) && method.ReturnType.SpecialType == SpecialType.System_Boolean && OwnershipAttributes.Truth(Attribute(site)) == true
            ? member.Write("TryAcquires", site.Model, SyntaxFactory.LiteralExpression(SyntaxKind.TrueLiteralExpression))
            : site.Diagnostic.Id == "VPIO1008" && Attribute(site) is null ? member.Write("Acquires", site.Model) : null;
        return attribute is null ? null : new Remedy($"Say that callers get the hold of '{device.Text}'", site, () => MemberContract.Add(site.Root, member.Declaration, attribute));
    }

    private static AttributeData? Attribute(Site site) => site.Model.GetSymbolInfo(site.Node).Symbol is { } grab ? OwnershipAttributes.Get(grab, "TryAcquires") : null;

    private static bool IsReturned(SyntaxNode node) => node.Parent is ReturnStatementSyntax or ArrowExpressionClauseSyntax;
}
