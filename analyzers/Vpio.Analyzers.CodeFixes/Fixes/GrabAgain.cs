using Microsoft.CodeAnalysis.CodeFixes;

namespace Vpio.Analyzers.CodeFixes;

/// <summary>Grabs a device once more for touches behind its release.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(GrabAgain))]
public sealed class GrabAgain() : RuleFix("VPIO1003")
{
    /// <inheritdoc/>
    internal override bool WorksOnStatements => true;

    /// <inheritdoc/>
    internal override Remedy? RemedyFor(Site site)
    {
        // A view or a handle of the hold before stays dead.
        if (site.Device is not { } device || (Receivers.Of(site.Node, site.Model) is { Expression: var receiver } && !device.Is(receiver)) || site.Node is PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PointerIndirectionExpression })
            return null;
        return TouchedRange.Of(site, device, withReleases: false) is { } range && HoldAround.Of(range, device, site.Model) is { } hold
            ? new Remedy($"{hold.Title} again", site, () => range.Replace([.. hold.Statements]))
            : null;
    }
}
