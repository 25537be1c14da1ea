using Microsoft.CodeAnalysis.CodeFixes;

namespace Vpio.Analyzers.CodeFixes;

/// <summary>Writes the layout of an ABI struct down: kind, size, and the offsets that its fields have in C.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(WriteLayout))]
public sealed class WriteLayout() : RuleFix("VPIO2002")
{
    private const string Interop = "System.Runtime.InteropServices";

    /// <inheritdoc/>
    internal override Remedy? RemedyFor(Site site)
    {
        if (site.Node is not TypeDeclarationSyntax type || site.Model.GetDeclaredSymbol(type) is not { DeclaringSyntaxReferences.Length: 1 } symbol || site.Property("size") is not { } size || SaysOther(symbol, size))
            return null;
        FieldDeclarationSyntax[] fields = [];
        string[] places = [];
        if (site.Property("offsets") is { } offsets)
        {
            fields = [.. type.Members.OfType<FieldDeclarationSyntax>().Where(f => !f.Modifiers.Any(SyntaxKind.StaticKeyword) && !f.Modifiers.Any(SyntaxKind.ConstKeyword))];
            places = offsets.Length == 0 ? [] : offsets.Split(',');
        }

        if (fields.Any(f => f.Declaration.Variables.Count > 1) || fields.Length != places.Length)
            return null;
        string title = site.Property("offsets") is null ? $"Give it a size of {size} bytes" : "Write its layout down";
        return new Remedy(title, site, () => site.Root.ReplaceNode(type, Written(type, fields, places, Layout(type, symbol, size, site.Model), site.Model)));
    }

    // Which of the two sizes is the right one, only the author knows.
    private static bool SaysOther(INamedTypeSymbol symbol, string size) =>
        symbol.GetMembers("Size").OfType<IFieldSymbol>().Any(f => f.HasConstantValue && $"{f.ConstantValue}" != size);

    private static AttributeSyntax Layout(TypeDeclarationSyntax type, INamedTypeSymbol symbol, string size, SemanticModel model)
    {
        string sizeText = symbol.GetMembers("Size").OfType<IFieldSymbol>().Any(f => f.ConstantValue is int) ? "Size" : size;
        string layout = TypeNames.ShortestAttribute(Interop, "StructLayout", model, type.SpanStart), kind = TypeNames.Shortest(Interop, "LayoutKind", model, type.SpanStart);
        return Parse($"{layout}({kind}.Explicit, Size = {sizeText})");
    }

    private static SyntaxNode Written(TypeDeclarationSyntax type, FieldDeclarationSyntax[] fields, string[] places, AttributeSyntax layout, SemanticModel model)
    {
        AttributeSyntax? old = Find(type.AttributeLists, "StructLayoutAttribute", model);
        SyntaxNode? marks = old is null ? Find(type.AttributeLists, "AbiStructAttribute", model)?.Parent : null;
        string name = TypeNames.ShortestAttribute(Interop, "FieldOffset", model, type.SpanStart);
        TypeDeclarationSyntax written = type.ReplaceNodes(fields.Concat(new[] { old, marks }.OfType<SyntaxNode>()), (original, _) => original switch
        {
            FieldDeclarationSyntax field => WithOffset(field, Parse($"{name}({places[Array.IndexOf(fields, field)]})"), model),
            AttributeListSyntax list => list.AddAttributes(layout),
            _ => layout.WithTriviaFrom(original),
        });
        return old is null && marks is null
            ? written.WithLeadingTrivia().AddAttributeLists(SyntaxFactory.AttributeList(SyntaxFactory.SingletonSeparatedList(layout)).WithTrailingTrivia(SyntaxFactory.ElasticLineFeed)).WithLeadingTrivia(type.GetLeadingTrivia())
            : written;
    }

    private static SyntaxNode WithOffset(FieldDeclarationSyntax field, AttributeSyntax written, SemanticModel model)
    {
        if (Find(field.AttributeLists, "FieldOffsetAttribute", model) is { } old)
            return field.ReplaceNode(old, written);
        AttributeListSyntax list = SyntaxFactory.AttributeList(SyntaxFactory.SingletonSeparatedList(written)).WithTrailingTrivia(SyntaxFactory.Space).WithLeadingTrivia(field.GetLeadingTrivia());
        FieldDeclarationSyntax bare = field.WithLeadingTrivia();
        return bare.WithAttributeLists(bare.AttributeLists.Insert(0, list));
    }

    // By what it is, for it may be written under another name.
    private static AttributeSyntax? Find(SyntaxList<AttributeListSyntax> lists, string name, SemanticModel model) =>
        lists.SelectMany(l => l.Attributes).FirstOrDefault(a => model.GetSymbolInfo(a).Symbol?.ContainingType.Name == name);

    private static AttributeSyntax Parse(string text) =>
        ((CompilationUnitSyntax)SyntaxFactory.ParseSyntaxTree($"[{text}] class C;").GetRoot()).Members[0].AttributeLists[0].Attributes[0];
}
