using Microsoft.CodeAnalysis.CodeFixes;

namespace Vpio.Analyzers.CodeFixes;

/// <summary>Gives a member and the one that it stands for the same contract.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SameContractOnBase))]
public sealed class SameContractOnBase() : RuleFix("VPIO1025")
{
    /// <inheritdoc/>
    internal override Remedy? RemedyFor(Site site)
    {
        if (site.Model.GetDeclaredSymbol(site.Node) is not { } member)
            return null;
        foreach (ISymbol theirs in Promised(member))
        {
            if (Missing(member, theirs, "RequiresHeldAttribute", "ExcludesAttribute", "MayRevokeAttribute") is { } demanded)
                return Copy(site, demanded, theirs, $"Put [{ShortName(demanded)}] on '{theirs.ContainingType.Name}.{theirs.Name}' too");
            if (Missing(theirs, member, "AcquiresAttribute", "TryAcquiresAttribute", "ReleasesAttribute", "ReleasesWhenAttribute", "AssertsHeldAttribute", "PollsAttribute") is { } promised)
                return Copy(site, promised, member, $"Put [{ShortName(promised)}] on '{member.Name}' too");
        }

        return null;
    }

    private static Remedy? Copy(Site site, AttributeData attribute, ISymbol to, string title)
    {
        if (attribute.ApplicationSyntaxReference?.GetSyntax() is not AttributeSyntax written || to.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is not { } declaration || site.Document.Project.Solution.GetDocument(declaration.SyntaxTree) is not { } document)
            return null;
        if (!OwnershipAttributes.PathsOf(attribute).All(p => Binds(p.Split('.')[0], to)))
            return null;
        return new Remedy(title, () => document.WithSyntaxRoot(MemberContract.Add(declaration.SyntaxTree.GetRoot(), declaration, written.WithoutTrivia())).Project.Solution);
    }

    private static AttributeData? Missing(ISymbol has, ISymbol lacks, params string[] names) =>
        OwnershipAttributes.All(has).FirstOrDefault(a => names.Contains(a.AttributeClass!.Name) && !OwnershipAttributes.All(lacks).Any(b => b.AttributeClass!.Name == a.AttributeClass.Name));

    private static bool Binds(string name, ISymbol member)
    {
        if (member is IMethodSymbol method && method.Parameters.Any(p => p.Name == name))
            return true;
        for (ITypeSymbol? type = member.ContainingType; type is not null; type = type.BaseType)
        {
            if (type.GetMembers(name).Length > 0)
                return true;
        }

        return false;
    }

    private static IEnumerable<ISymbol> Promised(ISymbol member)
    {
        if ((member switch { IMethodSymbol m => m.OverriddenMethod, IPropertySymbol p => (ISymbol?)p.OverriddenProperty, _ => null }) is { } overridden)
            yield return overridden;
        foreach (ISymbol promised in member.ContainingType.AllInterfaces.SelectMany(i => i.GetMembers()))
        {
            if (SymbolEqualityComparer.Default.Equals(member.ContainingType.FindImplementationForInterfaceMember(promised), member))
                yield return promised;
        }
    }

    private static string ShortName(AttributeData attribute) => attribute.AttributeClass!.Name.Replace("Attribute", "");
}
