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
        if (site.Node is not TypeDeclarationSyntax type || site.Model.GetDeclaredSymbol(type) is not { DeclaringSyntaxReferences.Length: 1 } symbol || site.Property("size") is not { } size)
            return null;
        if (site.Property("offsets") is not { } offsets)
            return new Remedy($"Give it a size of {size} bytes", site, () => site.Root.ReplaceNode(type, WithLayout(type, symbol, size, site.Model)));
        FieldDeclarationSyntax[] fields = [.. type.Members.OfType<FieldDeclarationSyntax>().Where(f => !f.Modifiers.Any(SyntaxKind.StaticKeyword) && !f.Modifiers.Any(SyntaxKind.ConstKeyword))];
        string[] places = offsets.Length == 0 ? [] : offsets.Split(',');
        if (fields.Any(f => f.Declaration.Variables.Count > 1) || fields.Length != places.Length)
            return null;
        return new Remedy("Write its layout down", site, () =>
        {
            TypeDeclarationSyntax placed = type.ReplaceNodes(fields, (original, field) => WithOffset((FieldDeclarationSyntax)field, places[Array.IndexOf(fields, original)], site.Model, type.SpanStart));
            return site.Root.ReplaceNode(type, WithLayout(placed, symbol, size, site.Model, type.SpanStart));
        });
    }

    private static TypeDeclarationSyntax WithLayout(TypeDeclarationSyntax type, INamedTypeSymbol symbol, string size, SemanticModel model, int? position = null)
    {
        int at = position ?? type.SpanStart;
        string sizeText = symbol.GetMembers("Size").OfType<IFieldSymbol>().Any(f => f.IsConst && f.ConstantValue is int stated && $"{stated}" == size) ? "Size" : size;
        string layout = TypeNames.Shortest(Interop, "StructLayoutAttribute", model, at).Replace("Attribute", ""), kind = TypeNames.Shortest(Interop, "LayoutKind", model, at);
        AttributeSyntax written = Parse($"{layout}({kind}.Explicit, Size = {sizeText})");
        AttributeSyntax? old = type.AttributeLists.SelectMany(l => l.Attributes).FirstOrDefault(a => Last(a.Name) is "StructLayout" or "StructLayoutAttribute");
        if (old is not null)
            return type.ReplaceNode(old, written);
        AttributeSyntax mark = type.AttributeLists.SelectMany(l => l.Attributes).First(a => Last(a.Name) is "AbiStruct" or "AbiStructAttribute");
        AttributeListSyntax list = (AttributeListSyntax)mark.Parent!;
        return type.ReplaceNode(list, list.AddAttributes(written));
    }

    private static SyntaxNode WithOffset(FieldDeclarationSyntax field, string offset, SemanticModel model, int position)
    {
        AttributeSyntax? old = field.AttributeLists.SelectMany(l => l.Attributes).FirstOrDefault(a => Last(a.Name) is "FieldOffset" or "FieldOffsetAttribute");
        AttributeSyntax written = Parse($"{TypeNames.Shortest(Interop, "FieldOffsetAttribute", model, position).Replace("Attribute", "")}({offset})");
        if (old is not null)
            return field.ReplaceNode(old, written);
        AttributeListSyntax list = SyntaxFactory.AttributeList(SyntaxFactory.SingletonSeparatedList(written)).WithTrailingTrivia(SyntaxFactory.Space).WithLeadingTrivia(field.GetLeadingTrivia());
        FieldDeclarationSyntax bare = field.WithLeadingTrivia();
        return bare.WithAttributeLists(bare.AttributeLists.Insert(0, list));
    }

    private static string Last(NameSyntax name) => name is QualifiedNameSyntax qualified ? qualified.Right.Identifier.ValueText : name is SimpleNameSyntax simple ? simple.Identifier.ValueText : "";

    private static AttributeSyntax Parse(string text) =>
        ((CompilationUnitSyntax)SyntaxFactory.ParseSyntaxTree($"[{text}] class C;").GetRoot()).Members[0].AttributeLists[0].Attributes[0];
}
