using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Vpio.Repository.Tests;

/// <summary>Is a set of C# files as the compiler reads them, without compiling them.</summary>
internal sealed class SourceTree
{
    private static readonly Lazy<SourceTree> LazyWhole = new(
        () => new SourceTree(Checkout.Files(".cs").Select(path => (path, Checkout.Read(path)))));

    private readonly List<(string Path, SyntaxNode Root)> _files;
    private readonly ILookup<string, TypeDeclarationSyntax> _types;

    /// <summary>Parses files.</summary>
    /// <param name="files">Their paths and what they say.</param>
    public SourceTree(IEnumerable<(string Path, string Text)> files)
    {
        CSharpParseOptions options = new(LanguageVersion.Preview, DocumentationMode.Parse);
        _files = [.. files.Select(file => (file.Path, CSharpSyntaxTree.ParseText(file.Text, options).GetRoot()))];
        _types = _files
            .SelectMany(file => file.Root.DescendantNodes().OfType<TypeDeclarationSyntax>())
            .ToLookup(type => type.Identifier.Text);
    }

    /// <summary>Gets every C# file of the checkout.</summary>
    public static SourceTree Whole => LazyWhole.Value;

    public IEnumerable<(string Path, SyntaxNode Root)> Files => _files;

    /// <summary>Tells whether a type is declared under a name, in any namespace.</summary>
    public bool HasType(string type) => _types.Contains(type);

    /// <summary>Finds the members of a type that have a name: overloads, and the parts of a partial type.</summary>
    public IEnumerable<MemberDeclarationSyntax> Members(string type, string member) =>
        _types[type].SelectMany(declaration => declaration.Members).Where(each => NamesOf(each).Contains(member));

    private static IEnumerable<string> NamesOf(MemberDeclarationSyntax member) => member switch
    {
        MethodDeclarationSyntax method => [method.Identifier.Text],
        PropertyDeclarationSyntax property => [property.Identifier.Text],
        FieldDeclarationSyntax field => field.Declaration.Variables.Select(variable => variable.Identifier.Text),
        ConstructorDeclarationSyntax constructor => [constructor.Identifier.Text],
        BaseTypeDeclarationSyntax nested => [nested.Identifier.Text],
        _ => [],
    };
}
