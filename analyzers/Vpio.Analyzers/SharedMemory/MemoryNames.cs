using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Vpio.Analyzers.Relevance;

namespace Vpio.Analyzers.SharedMemory;

/// <summary>Knows the names by which code reaches memory with a mark: a body that says none of them need not be bound.</summary>
internal sealed class MemoryNames
{
    private readonly NameSet _names = new();
    private readonly HashSet<string> _added = [];
    private readonly MemoryMarks _marks;
    private readonly CancellationToken _cancel;

    private MemoryNames(MemoryMarks marks, CancellationToken cancel)
    {
        _marks = marks;
        _cancel = cancel;
    }

    /// <summary>Gets whether there is any such memory.</summary>
    public bool Occur { get; private set; }

    /// <summary>Gathers the names of a compilation: its own, and those of libraries that know the attributes.</summary>
    public static MemoryNames Of(Compilation compilation, ImmutableArray<INamedTypeSymbol> markers, MemoryMarks marks, CancellationToken cancel)
    {
        MemoryNames names = new(marks, cancel);
        foreach (IAssemblySymbol assembly in compilation.SourceModule.ReferencedAssemblySymbols.Where(a => markers.Any(m => Knows(a, m.ContainingAssembly))))
            names.AddNamespace(assembly.GlobalNamespace);
        SyntaxNode[] roots = compilation.SyntaxTrees.Select(t => t.GetRoot(cancel)).ToArray();
        NameSet attributes = new();
        foreach (string name in MarkNames.All.SelectMany(m => new[] { m.Name, m.Name + "Attribute" }).Concat(AliasesIn(roots)))
            attributes.Add(name);
        foreach (SyntaxNode root in roots.Where(r => attributes.AnyIn(TextOf(r, cancel))))
            names.AddMarked(root, attributes);
        names.AddHolders(roots);
        return names;
    }

    /// <summary>Gets whether a piece of code says one of the names.</summary>
    public bool AnyIn(string text) => _names.AnyIn(text);

    private static bool Knows(IAssemblySymbol assembly, IAssemblySymbol home) =>
        SymbolEqualityComparer.Default.Equals(assembly, home) || assembly.Modules.Any(m => m.ReferencedAssemblies.Any(r => r.Name == home.Name));

    private static string TextOf(SyntaxNode root, CancellationToken cancel) => root.SyntaxTree.GetText(cancel).ToString();

    // Whatever the alias stands for: few files have one.
    private static IEnumerable<string> AliasesIn(SyntaxNode[] roots) => roots
        .SelectMany(r => r.ChildNodes()).OfType<UsingDirectiveSyntax>()
        .Where(u => u.Alias is not null && MarkNames.All.Any(m => DeviceNames.LastOf(u.Name) is var name && (name == m.Name || name == m.Name + "Attribute")))
        .Select(u => u.Alias!.Name.Identifier.ValueText);

    private void AddNamespace(INamespaceSymbol space)
    {
        _cancel.ThrowIfCancellationRequested();
        foreach (INamespaceSymbol inner in space.GetNamespaceMembers())
            AddNamespace(inner);
        foreach (INamedTypeSymbol type in space.GetTypeMembers())
            AddType(type);
    }

    private void AddType(INamedTypeSymbol type)
    {
        if (_marks.Has(type, Mark.WordFormat | Mark.GuestWritable) || _marks.HoldsWords(type))
            Add(type.Name);
        foreach (ISymbol member in type.GetMembers())
        {
            if (member is INamedTypeSymbol inner)
                AddType(inner);
            else if (member is IFieldSymbol or IPropertySymbol or IMethodSymbol && (_marks.Has(member, (Mark)~0) || _marks.HoldsWords(TypeOf(member))))
                Add(member is IMethodSymbol { AssociatedSymbol: { } property } ? property.Name : member.Name);
        }
    }

    private static ITypeSymbol? TypeOf(ISymbol member) => member switch
    {
        IFieldSymbol field => field.Type,
        IPropertySymbol property => property.Type,
        IMethodSymbol method => method.ReturnType,
        _ => null,
    };

    private bool Add(string name)
    {
        Occur = true;
        _names.Add(name);
        return _added.Add(name);
    }

    // What a mark stands on is told from syntax. A parameter's mark is in the text of its own member.
    private void AddMarked(SyntaxNode root, NameSet attributes)
    {
        foreach (AttributeSyntax attribute in root.DescendantNodes(n => n is not BlockSyntax).OfType<AttributeSyntax>().Where(a => attributes.Contains(DeviceNames.LastOf(a.Name))))
        {
            Add(DeviceNames.LastOf(attribute.Name));
            MemberDeclarationSyntax? declaration = attribute.FirstAncestorOrSelf<MemberDeclarationSyntax>();
            foreach (string name in NamesOf(declaration))
                Add(name);
            if (declaration is BaseFieldDeclarationSyntax { Parent: TypeDeclarationSyntax holder })
                Add(holder.Identifier.ValueText);
            if (attribute.Parent?.Parent is ParameterSyntax parameter)
                Add(parameter.Identifier.ValueText);
        }
    }

    private static IEnumerable<string> NamesOf(MemberDeclarationSyntax? declaration) => declaration switch
    {
        BaseFieldDeclarationSyntax field => field.Declaration.Variables.Select(v => v.Identifier.ValueText),
        MethodDeclarationSyntax method => [method.Identifier.ValueText],
        PropertyDeclarationSyntax property => [property.Identifier.ValueText],
        BaseTypeDeclarationSyntax type => [type.Identifier.ValueText],
        IndexerDeclarationSyntax { Parent: BaseTypeDeclarationSyntax type } => [type.Identifier.ValueText],
        _ => [],
    };

    // A member whose type is one of the names leads to such memory as well; and a struct with such a field holds it.
    private void AddHolders(SyntaxNode[] roots)
    {
        if (!Occur)
            return;
        bool more = true;
        while (more)
        {
            more = false;
            foreach (MemberDeclarationSyntax member in roots.Where(r => AnyIn(TextOf(r, _cancel))).SelectMany(r => r.DescendantNodes(n => n is not BlockSyntax)).OfType<MemberDeclarationSyntax>())
            {
                if (TypeSyntaxOf(member) is not { } type || !_names.AnyIn(type.ToString()))
                    continue;
                IEnumerable<string> names = member is BaseFieldDeclarationSyntax { Parent: StructDeclarationSyntax holder } ? NamesOf(member).Append(holder.Identifier.ValueText) : NamesOf(member);
                foreach (string name in names)
                    more |= Add(name);
            }
        }
    }

    private static TypeSyntax? TypeSyntaxOf(MemberDeclarationSyntax member) => member switch
    {
        BaseFieldDeclarationSyntax field => field.Declaration.Type,
        BasePropertyDeclarationSyntax property => property.Type,
        MethodDeclarationSyntax method => method.ReturnType,
        _ => null,
    };
}
