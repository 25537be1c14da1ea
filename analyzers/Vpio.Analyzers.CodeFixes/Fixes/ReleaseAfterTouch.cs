using Microsoft.CodeAnalysis.CodeFixes;

namespace Vpio.Analyzers.CodeFixes;

/// <summary>Moves a release behind the touches that follow it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ReleaseAfterTouch))]
public sealed class ReleaseAfterTouch() : RuleFix("VPIO1003", "VPIO1017")
{
    /// <inheritdoc/>
    internal override Remedy? RemedyFor(Site site)
    {
        if (site.Cause is not ExpressionSyntax { Parent: ExpressionStatementSyntax release } cause || site.Model.GetSymbolInfo(cause).Symbol is not { } called || !OwnershipAttributes.Has(called, "Releases") || site.Range is not { } touch || !touch.Before.Contains(release) || LastTouch(site, touch) is not { } last)
            return null;
        StatementRange moved = StatementRange.Of(release).UpTo(last);
        if (RangeFlow.Of(moved.WithoutFirst()!, site.Model) is not { Suspends: false, FallsThrough: true })
            return null;
        return new Remedy($"Move '{release.Expression}' behind the touch", site, () => moved.Replace([.. Swapped(moved, release)]));
    }

    private static IEnumerable<StatementSyntax> Swapped(StatementRange moved, StatementSyntax release) => moved.Statements.Skip(1).Append(release);

    // The touches that come after the release, up to a new grab.
    private static StatementSyntax? LastTouch(Site site, StatementRange touch)
    {
        StatementSyntax last = touch.First;
        if (site.Device is not { } device)
            return last;
        foreach (StatementSyntax next in touch.After)
        {
            if (DeviceUses.Any(next, device, site.Model, UseKind.Grab, UseKind.Release))
                break;
            if (DeviceUses.Any(next, device, site.Model, UseKind.Touch))
                last = next;
        }

        return last;
    }
}
