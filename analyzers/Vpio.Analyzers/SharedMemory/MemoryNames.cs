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
        foreach (IAssemblySymbol assembly in KnowingLibraries.Of(compilation, markers.Select(m => m.ContainingAssembly)))
            names.AddNamespace(assembly.GlobalNamespace);
        SyntaxNode[] roots = compilation.SyntaxTrees.Select(t => t.GetRoot(cancel)).ToArray();
        (SyntaxNode Root, string Text)[] files = [.. roots.Select(r => (r, r.SyntaxTree.GetText(cancel).ToString()))];
        NameSet attributes = new();
        foreach (string name in MarkNames.All.SelectMany(m => new[] { m.Name, m.Name + "Attribute" }).Concat(AliasesIn(roots)))
            attributes.Add(name);
        foreach ((SyntaxNode root, string text) in files)
        {
            if (attributes.AnyIn(text))
                names.AddMarked(root, attributes);
        }

        names.AddHolders(files);
        return names;
    }

    /// <summary>Gets whether a body may have to do with such memory.</summary>
    /// <param name="body">The body. The declaration around it is looked at too: its type can be what the body makes without saying so.</param>
    /// <param name="owner">The member it is of. That of a struct with shared words can reach them by <c>this</c>.</param>
    public bool MayReach(SyntaxNode body, ISymbol owner) =>
        _marks.HoldsWords(owner.ContainingType) || _names.AnyIn((body.FirstAncestorOrSelf<MemberDeclarationSyntax>() ?? body).ToString());

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
        if (IsMarked(type) || IsMarked(type.BaseType) || (type.DelegateInvokeMethod is { } invoke && Concerns(invoke)))
            Add(type.Name);
        foreach (ISymbol member in type.GetMembers())
        {
            if (member is INamedTypeSymbol inner)
                AddType(inner);
            else if (member is IFieldSymbol or IPropertySymbol or IMethodSymbol && (_marks.Has(member, (Mark)~0) || Concerns(member)))
                Add(member is IMethodSymbol { MethodKind: MethodKind.Constructor } ? type.Name : member is IMethodSymbol { AssociatedSymbol: { } property } ? property.Name : member.Name);
        }
    }

    private bool Concerns(ISymbol member) => member switch
    {
        IFieldSymbol field => IsMarked(field.Type),
        IPropertySymbol property => IsMarked(property.Type),
        IMethodSymbol method => IsMarked(method.ReturnType) || method.Parameters.Any(p => IsMarked(p.Type)),
        _ => false,
    };

    private bool IsMarked(ITypeSymbol? type) => type switch
    {
        IArrayTypeSymbol array => IsMarked(array.ElementType),
        IPointerTypeSymbol pointer => IsMarked(pointer.PointedAtType),
        INamedTypeSymbol named => _marks.Has(named, Mark.WordFormat | Mark.GuestWritable) || _marks.HoldsWords(named) || named.TypeArguments.Any(a => a is not ITypeParameterSymbol && IsMarked(a)),
        _ => false,
    };

    private bool Add(string name)
    {
        Occur = true;
        _names.Add(name);
        return _added.Add(name);
    }

    // What a mark stands on is told from syntax. One in a body is in the text of its own member.
    private void AddMarked(SyntaxNode root, NameSet attributes)
    {
        foreach (AttributeSyntax attribute in root.DescendantNodes().OfType<AttributeSyntax>().Where(a => attributes.Contains(DeviceNames.LastOf(a.Name))))
        {
            Add(DeviceNames.LastOf(attribute.Name));
            MemberDeclarationSyntax? declaration = attribute.FirstAncestorOrSelf<MemberDeclarationSyntax>();
            foreach (string name in MemberNames.Of(declaration))
                Add(name);
            if (declaration is BaseFieldDeclarationSyntax { Parent: TypeDeclarationSyntax holder })
                Add(holder.Identifier.ValueText);
            if (attribute.Parent?.Parent is ParameterSyntax parameter)
                Add(parameter.Identifier.ValueText);
        }
    }

    // A member whose type is one of the names leads to such memory as well, and one that takes it may make it; a struct with such a field holds it.
    private void AddHolders((SyntaxNode Root, string Text)[] files)
    {
        if (!Occur)
            return;
        bool more = true;
        while (more)
        {
            more = false;
            foreach (SyntaxNode node in files.Where(f => _names.AnyIn(f.Text)).SelectMany(f => f.Root.DescendantNodes(n => n is not BlockSyntax)))
            {
                foreach (string name in MemberNames.TypesIn(node).Any(t => _names.AnyIn(t.ToString())) ? MemberNames.LeadingTo(node) : [])
                    more |= Add(name);
            }
        }
    }
}
