using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Vpio.Analyzers.Contracts;

namespace Vpio.Analyzers.Relevance;

/// <summary>Knows the names of all members and types with ownership attributes that a compilation can see: code that says none of them has to do with no device.</summary>
internal sealed class DeviceNames
{
    // What these say matters only beside another attribute.
    private static readonly HashSet<string> Silent = ["NoThrow", "NoEscape", "Immediate", "NoOwnershipCheck", "NonCopyable"];

    // Members that code can call without saying their names: by an initializer, a query or an interpolated string.
    private static readonly HashSet<string> Implied = ["Add", "AppendFormatted", "AppendLiteral", "Cast", "GroupBy", "GroupJoin", "Join", "OrderBy", "OrderByDescending", "Select", "SelectMany", "ThenBy", "ThenByDescending", "Where"];

    private readonly NameSet _attributes = new();
    private readonly NameSet _names = new();
    private readonly HashSet<string> _silent = new(Silent);
    private bool _isAll;
    private bool _hasIndexer;
    private bool _hasConstructor;
    private bool _found;

    private DeviceNames()
    {
    }

    /// <summary>Gets whether the compilation has to do with a device anywhere.</summary>
    public bool Occur { get; private set; }

    /// <summary>Gathers the names.</summary>
    /// <param name="compilation">The compilation: its own code, and the libraries that know the attributes.</param>
    /// <param name="home">The namespace of the attributes.</param>
    /// <param name="said">The documentation ids of members that a contract file speaks of.</param>
    /// <param name="cancel">Ends the search.</param>
    public static DeviceNames Of(Compilation compilation, INamespaceSymbol home, IEnumerable<string> said, CancellationToken cancel)
    {
        DeviceNames names = new();
        names._names.Add("Unchecked");
        foreach (INamedTypeSymbol type in home.GetTypeMembers().Where(t => t.Name.EndsWith("Attribute", StringComparison.Ordinal)))
            names.AddAttribute(type.Name);
        foreach (string id in said)
            names.AddId(id);
        foreach (IAssemblySymbol assembly in compilation.SourceModule.ReferencedAssemblySymbols.Where(a => Knows(a, home.ContainingAssembly)))
            names.AddLibrary(assembly.GlobalNamespace, home, cancel);
        SyntaxNode[] roots = compilation.SyntaxTrees.Select(t => t.GetRoot(cancel)).ToArray();
        foreach (UsingDirectiveSyntax alias in roots.SelectMany(UsingsOf).Where(u => u.Alias is not null))
            names.AddAlias(alias);
        foreach (SyntaxNode root in roots)
            names.AddSource(root, cancel);
        names.Occur = names._found && roots.Any(r => names.OccurIn(r.SyntaxTree.GetText(cancel).ToString()));
        return names;
    }

    /// <summary>Gets whether a word says that the code around it may have to do with a device.</summary>
    public bool Matches(in WordReader word) => _isAll || word.IsEscaped || _names.Find(word) is not null || _attributes.Find(word) is not null ||
        (_hasIndexer && word.Following is '[' or '?') || (_hasConstructor && word.Following == '(' && IsConstructor(word));

    /// <summary>Gets whether a type is one with such a name.</summary>
    public bool Matches(INamedTypeSymbol type)
    {
        WordReader word = new(type.Name, 0, type.Name.Length);
        return word.Next() && _names.Find(word) is not null;
    }

    /// <summary>Gets the last part of a name.</summary>
    public static string LastOf(SyntaxNode? name) => name switch
    {
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax qualified => qualified.Name.Identifier.ValueText,
        _ => "",
    };

    private bool OccurIn(string text)
    {
        WordReader word = new(text, 0, text.Length);
        while (word.Next())
        {
            if (Matches(word))
                return true;
        }

        return false;
    }

    private static bool IsConstructor(in WordReader word) =>
        string.CompareOrdinal(word.Text, word.Start, "new", 0, word.Length) == 0 || string.CompareOrdinal(word.Text, word.Start, "base", 0, word.Length) == 0 || string.CompareOrdinal(word.Text, word.Start, "this", 0, word.Length) == 0;

    private static bool Knows(IAssemblySymbol assembly, IAssemblySymbol home) =>
        SymbolEqualityComparer.Default.Equals(assembly, home) || assembly.Modules.Any(m => m.ReferencedAssemblies.Any(r => r.Name == home.Name));

    private static IEnumerable<UsingDirectiveSyntax> UsingsOf(SyntaxNode root) => root
        .ChildNodes().SelectMany(n => n is BaseNamespaceDeclarationSyntax space ? space.DescendantNodes(d => d is BaseNamespaceDeclarationSyntax) : [n])
        .OfType<UsingDirectiveSyntax>();

    private void AddAttribute(string name)
    {
        _attributes.Add(name);
        _attributes.Add(name.Substring(0, name.Length - "Attribute".Length));
    }

    private void AddAlias(UsingDirectiveSyntax directive)
    {
        string alias = directive.Alias!.Name.Identifier.ValueText, target = LastOf(directive.Name);
        if (!IsAttribute(target))
            return;
        _attributes.Add(alias);
        if (IsSilent(target))
            _silent.Add(alias);
        if (alias.EndsWith("Attribute", StringComparison.Ordinal))
            AddAttribute(alias);
    }

    private void AddId(string id)
    {
        _found = true;
        string path = id.Split('(')[0];
        string[] parts = path.Substring(2).Split('.', '#');
        AddMember(parts[parts.Length - 1].Split('`')[0], parts.Length > 1 ? parts[parts.Length - 2].Split('`')[0] : "");
    }

    private void AddMember(string name, string type)
    {
        _found = true;
        _isAll |= Implied.Contains(name) || name.StartsWith("op_", StringComparison.Ordinal) || name == "Invoke";
        _hasIndexer |= name is "Item" or "this[]";
        _hasConstructor |= name is ".ctor" or "ctor";
        _names.Add(name);
        _names.Add(type);
    }

    // A value of such a type is no device without some member of it that is named.
    private void AddType(string type, IEnumerable<string> members)
    {
        _found = true;
        _names.Add(type);
        foreach (string member in members)
            _names.Add(member);
    }

    private void AddLibrary(INamespaceSymbol space, INamespaceSymbol home, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        foreach (INamespaceSymbol inner in space.GetNamespaceMembers())
            AddLibrary(inner, home, cancel);
        foreach (INamedTypeSymbol type in space.GetTypeMembers())
            AddLibrary(type, home);
    }

    private void AddLibrary(INamedTypeSymbol type, INamespaceSymbol home)
    {
        if (type.GetAttributes().Any(a => IsOurs(a, home)))
            AddType(type.Name, type.MemberNames);
        foreach (ISymbol member in type.GetMembers())
        {
            if (member is INamedTypeSymbol inner)
                AddLibrary(inner, home);
            else if (AttributesOf(member).Any(a => IsOurs(a, home)))
                AddMember(member is IMethodSymbol { AssociatedSymbol: { } associated } ? associated.MetadataName : member.MetadataName, type.Name);
        }
    }

    private static IEnumerable<AttributeData> AttributesOf(ISymbol member)
    {
        IEnumerable<AttributeData> attributes = member.GetAttributes().Concat(DevicePath.ParametersOf(member).SelectMany(p => p.GetAttributes()));
        return member is IMethodSymbol method ? attributes.Concat(method.GetReturnTypeAttributes()) : attributes;
    }

    private static bool IsOurs(AttributeData attribute, INamespaceSymbol home) => ContractReader.IsOurs(attribute, home) && !Silent.Contains(attribute.AttributeClass!.Name.Replace("Attribute", ""));

    private void AddSource(SyntaxNode root, CancellationToken cancel)
    {
        if (!_attributes.AnyIn(root.SyntaxTree.GetText(cancel).ToString()))
            return;
        foreach (AttributeSyntax attribute in root.DescendantNodes(n => n is not (BlockSyntax or ExpressionSyntax or ArrowExpressionClauseSyntax or EqualsValueClauseSyntax)).OfType<AttributeSyntax>())
        {
            string name = LastOf(attribute.Name);
            if (!IsAttribute(name))
                continue;
            _found = true;
            if (!IsSilent(name))
                AddDeclaration(attribute.FirstAncestorOrSelf<MemberDeclarationSyntax>());
        }
    }

    private void AddDeclaration(MemberDeclarationSyntax? declaration)
    {
        string type = declaration?.Parent is BaseTypeDeclarationSyntax containing ? containing.Identifier.ValueText : "";
        switch (declaration)
        {
            case MethodDeclarationSyntax or PropertyDeclarationSyntax or EventDeclarationSyntax: AddMember(NameOf(declaration), type); break;
            case IndexerDeclarationSyntax: AddMember("this[]", type); break;
            case ConstructorDeclarationSyntax: AddMember(".ctor", type); break;
            case BaseFieldDeclarationSyntax field:
                foreach (VariableDeclaratorSyntax variable in field.Declaration.Variables)
                    AddMember(variable.Identifier.ValueText, type);
                break;
            case TypeDeclarationSyntax declared: AddType(declared.Identifier.ValueText, declared.Members.Select(NameOf)); break;
            default:
                _found = _isAll = true;
                break;
        }
    }

    private static string NameOf(MemberDeclarationSyntax member) => member switch
    {
        MethodDeclarationSyntax method => method.Identifier.ValueText,
        PropertyDeclarationSyntax property => property.Identifier.ValueText,
        EventDeclarationSyntax @event => @event.Identifier.ValueText,
        _ => "",
    };

    private bool IsAttribute(string name)
    {
        WordReader word = new(name, 0, name.Length);
        return word.Next() && _attributes.Find(word) is not null;
    }

    private bool IsSilent(string name) => _silent.Contains(name.EndsWith("Attribute", StringComparison.Ordinal) ? name.Substring(0, name.Length - "Attribute".Length) : name);
}
