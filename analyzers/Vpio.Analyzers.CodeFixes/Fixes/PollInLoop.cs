using Microsoft.CodeAnalysis.CodeFixes;

namespace Vpio.Analyzers.CodeFixes;

/// <summary>Looks in each round of a loop whether the device is wanted back, and leaves when it is.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(PollInLoop))]
public sealed class PollInLoop() : RuleFix("VPIO1023")
{
    /// <inheritdoc/>
    internal override Remedy? RemedyFor(Site site)
    {
        if (PolledIn(site) is not { Members.Poll: { } poll } device || LoopExit.BodyOf(site.Node) is not { } body || !LoopExit.CanBreak(body is BlockSyntax block && block.Statements.Count > 0 ? block.Statements[0] : body, device, site.Model))
            return null;
        ExpressionSyntax stop = Write.Question(device, poll.Name, OwnershipAttributes.Truth(OwnershipAttributes.Get(poll, "RevokedWhen")) == true);
        return new Remedy($"Leave the loop when '{stop}'", site, () => Apply(site.Root, body, Write.If(stop, [SyntaxFactory.BreakStatement()])));
    }

    // A device whose hold is a handle is polled by that, where the loop names only one.
    private static DeviceReference? PolledIn(Site site)
    {
        if (site.Device is { Members.Poll: not null } device)
            return device;
        string[] handles = [.. site.Node.DescendantNodes().OfType<IdentifierNameSyntax>().Where(n => IsHandle(site.Model.GetSymbolInfo(n).Symbol)).Select(n => n.Identifier.ValueText).Distinct()];
        return handles.Length == 1 ? DeviceReference.Named(handles[0], site) : null;
    }

    private static bool IsHandle(ISymbol? symbol) => symbol switch
    {
        ILocalSymbol local => OwnershipAttributes.Has(local.Type, "ScopedOwnership"),
        IParameterSymbol parameter => OwnershipAttributes.Has(parameter.Type, "ScopedOwnership"),
        _ => false,
    };

    private static SyntaxNode Apply(SyntaxNode root, StatementSyntax body, StatementSyntax leave)
    {
        leave = Write.OnItsLine(leave).WithAdditionalAnnotations(Microsoft.CodeAnalysis.Formatting.Formatter.Annotation);
        if (body is BlockSyntax block)
            return root.ReplaceNode(block, block.WithStatements(block.Statements.Insert(0, leave)));
        return StatementRange.Of(body).Replace(leave, body);
    }
}
