using System.Globalization;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Formatting;

namespace Vpio.Analyzers.CodeFixes;

/// <summary>Declares bytes that belong to no field as reserved.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ReserveBytes))]
public sealed class ReserveBytes() : RuleFix("VPIO2003")
{
    // As many numbers of eight bytes are declared one by one; more are an array in place.
    private const int MostNumbers = 4;

    private const string Layout = "Vpio.Abi.Layout";

    /// <inheritdoc/>
    internal override Remedy? RemedyFor(Site site)
    {
        if (site.Node.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } type || !long.TryParse(site.Property("from"), NumberStyles.None, CultureInfo.InvariantCulture, out long from) || !long.TryParse(site.Property("to"), NumberStyles.None, CultureInfo.InvariantCulture, out long to))
            return null;
        MemberDeclarationSyntax? reported = site.Node.FirstAncestorOrSelf<FieldDeclarationSyntax>() ?? site.Node.FirstAncestorOrSelf<PropertyDeclarationSyntax>() as MemberDeclarationSyntax;
        if (reported is null ? type.OpenBraceToken.IsKind(SyntaxKind.None) || type.OpenBraceToken.IsMissing : reported is FieldDeclarationSyntax { Declaration.Variables.Count: > 1 })
            return null;
        MemberDeclarationSyntax[] fields = [.. Fields(site, type, from, to)];
        return site.Model.Compilation.GetTypeByMetadataName($"{Layout}.ElementsAttribute") is null && fields.Any(f => f.AttributeLists[0].Attributes.Count > 1)
            ? null
            : new Remedy($"Declare bytes {from} to {to - 1} as reserved", site, () => Insert(site, type, reported, from, fields));
    }

    private static SyntaxNode Insert(Site site, TypeDeclarationSyntax type, MemberDeclarationSyntax? reported, long from, MemberDeclarationSyntax[] fields)
    {
        if (reported is null)
            return site.Root.ReplaceNode(type, type.WithMembers(type.Members.InsertRange(0, fields)));
        bool isLast = site.Model.GetDeclaredSymbol(site.Node) is { } symbol && OffsetOf(symbol) < from;
        return isLast ? site.Root.InsertNodesAfter(reported, fields) : site.Root.InsertNodesBefore(reported, fields);
    }

    private static long OffsetOf(ISymbol symbol) =>
        symbol is IFieldSymbol field && field.GetAttributes().FirstOrDefault(a => a.AttributeClass?.Name == "FieldOffsetAttribute")?.ConstructorArguments.FirstOrDefault().Value is int offset ? offset : 0;

    private static IEnumerable<MemberDeclarationSyntax> Fields(Site site, TypeDeclarationSyntax type, long from, long to)
    {
        INamedTypeSymbol? symbol = site.Model.GetDeclaredSymbol(type);
        HashSet<string> taken = [.. type.DescendantTokens().Where(t => t.IsKind(SyntaxKind.IdentifierToken)).Select(t => t.ValueText), .. symbol?.MemberNames ?? []];
        string offset = TypeNames.ShortestAttribute("System.Runtime.InteropServices", "FieldOffset", site.Model, type.Identifier.SpanStart), elements = TypeNames.ShortestAttribute(Layout, "Elements", site.Model, type.Identifier.SpanStart), change = symbol?.IsReadOnly == true ? "readonly " : "";
        for (long at = from; at < to;)
        {
            int width = WidthAt(at, to);
            long count = width == sizeof(ulong) ? (to - at) / width : 1;
            bool isArray = count > MostNumbers;
            string name = NameOf(taken, isArray ? "_reserved" : "Reserved");
            string declaration = isArray ? $"[{offset}({at}), {elements}({count})] private readonly ulong {name};" : $"[{offset}({at})] public {change}{TypeOf(width)} {name};";
            yield return SyntaxFactory.ParseMemberDeclaration(declaration)!
                .WithTrailingTrivia(SyntaxFactory.ElasticLineFeed).WithAdditionalAnnotations(Formatter.Annotation);
            at += isArray ? count * width : width;
        }
    }

    private static int WidthAt(long at, long to)
    {
        int width = sizeof(ulong);
        while (at % width != 0 || at + width > to)
            width /= 2;
        return width;
    }

    private static string TypeOf(int width) => width switch
    {
        1 => "byte",
        2 => "ushort",
        4 => "uint",
        _ => "ulong",
    };

    private static string NameOf(HashSet<string> taken, string begin)
    {
        for (int number = 0; ; number++)
        {
            if (taken.Add($"{begin}{number}"))
                return $"{begin}{number}";
        }
    }
}
