using Microsoft.CodeAnalysis.CodeFixes;

namespace Vpio.Analyzers.CodeFixes;

/// <summary>Removes an ownership attribute that names nothing, or that its member cannot keep.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RemoveAttribute))]
public sealed class RemoveAttribute() : RuleFix("VPIO1021")
{
    /// <inheritdoc/>
    internal override Remedy? RemedyFor(Site site)
    {
        if (site.Node.FirstAncestorOrSelf<AttributeSyntax>() is not { Parent: AttributeListSyntax list } attribute)
            return null;
        return new Remedy($"Remove [{attribute.Name}]", site, () => list.Attributes.Count > 1
            ? site.Root.RemoveNode(attribute, SyntaxRemoveOptions.KeepNoTrivia)!
            : Without(site.Root, list));
    }

    // Comments before the attribute are about the member.
    private static SyntaxNode Without(SyntaxNode root, AttributeListSyntax list)
    {
        SyntaxNode owner = list.Parent!;
        bool isFirst = owner.GetFirstToken() == list.GetFirstToken();
        SyntaxTriviaList leading = owner.GetLeadingTrivia();
        SyntaxNode bare = owner.RemoveNode(list, SyntaxRemoveOptions.KeepNoTrivia)!;
        return root.ReplaceNode(owner, isFirst ? bare.WithLeadingTrivia(leading) : bare);
    }
}
