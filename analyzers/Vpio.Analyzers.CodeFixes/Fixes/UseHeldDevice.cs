using Microsoft.CodeAnalysis.CodeFixes;

namespace Vpio.Analyzers.CodeFixes;

/// <summary>Uses the device that is held.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UseHeldDevice))]
public sealed class UseHeldDevice() : RuleFix("VPIO1022")
{
    /// <inheritdoc/>
    internal override Remedy? RemedyFor(Site site)
    {
        if (site.Device is not { Expression: not null } device || site.Property("held") is not { } name || name == device.Text || DeviceReference.Named(name, site) is not { Expression: { } held } other || !site.Model.Compilation.ClassifyCommonConversion(other.Type, device.Type).IsImplicit)
            return null;
        ExpressionSyntax[] named = Named(site, device).ToArray();
        return named.Length == 0 ? null : new Remedy($"Use '{name}'", site, () => site.Root.ReplaceNodes(named, (original, _) => held.WithTriviaFrom(original)));
    }

    private static IEnumerable<ExpressionSyntax> Named(Site site, DeviceReference device)
    {
        if (Receivers.Of(site.Node, site.Model)?.Expression is { } receiver && device.Is(receiver))
            return [receiver];
        return site.Node is InvocationExpressionSyntax call
            ? call.ArgumentList.Arguments.Select(a => a.Expression).Where(device.Is)
            : device.Is((ExpressionSyntax)site.Node) ? [(ExpressionSyntax)site.Node] : [];
    }
}
