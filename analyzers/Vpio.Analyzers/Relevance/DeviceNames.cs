using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Vpio.Analyzers.Relevance;

/// <summary>Knows the names of all members and types with ownership attributes that a compilation can see: code that says none of them has to do with no device.</summary>
internal sealed partial class DeviceNames
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
    /// <param name="homes">The namespace of the attributes, as each assembly that has them of its own declares it.</param>
    /// <param name="said">The documentation ids of members that a contract file speaks of.</param>
    /// <param name="cancel">Ends the search.</param>
    public static DeviceNames Of(Compilation compilation, ImmutableArray<INamespaceSymbol> homes, IEnumerable<string> said, CancellationToken cancel)
    {
        DeviceNames names = new();
        names._names.Add("Unchecked");
        foreach (INamedTypeSymbol type in homes.SelectMany(h => h.GetTypeMembers()).Where(t => t.Name.EndsWith("Attribute", StringComparison.Ordinal)))
            names.AddAttribute(type.Name);
        foreach (string id in said)
            names.AddId(id);
        foreach (IAssemblySymbol assembly in KnowingLibraries.Of(compilation, homes.Select(h => h.ContainingAssembly)))
            names.AddLibrary(assembly.GlobalNamespace, homes[0], cancel);
        SyntaxNode[] roots = compilation.SyntaxTrees.Select(t => t.GetRoot(cancel)).ToArray();
        UsingDirectiveSyntax[] aliases = roots.SelectMany(UsingsOf).Where(u => u.Alias is not null).ToArray();
        foreach (UsingDirectiveSyntax alias in aliases)
            names.AddAttributeAlias(alias);
        string[] texts = roots.Select(r => r.SyntaxTree.GetText(cancel).ToString()).ToArray();
        for (int i = 0; i < roots.Length; i++)
            names.AddSource(roots[i], texts[i]);
        names.AddTypeAliases(aliases);
        names.Occur = names._found && texts.Any(names.OccurIn);
        return names;
    }

    /// <summary>Gets whether a word says that the code around it may have to do with a device.</summary>
    public bool Matches(in WordReader word) => _isAll || word.IsEscaped || _names.Find(word) is not null || _attributes.Find(word) is not null ||
        (_hasIndexer && word.IsBefore('[')) || (_hasConstructor && word.IsBefore('(') && IsConstructor(word));

    /// <summary>Gets whether a type is one with such a name.</summary>
    public bool Matches(INamedTypeSymbol type) => _names.Contains(type.Name);

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

    private void AddAttribute(string name)
    {
        _attributes.Add(name);
        _attributes.Add(name.Substring(0, name.Length - "Attribute".Length));
    }

    // The file can say something of a type only if it is a delegate, and a constructor is called by the name of its type.
    private void AddId(string id)
    {
        string path = id.Split('(')[0];
        string[] parts = path.Substring(2).Replace("#ctor", ".ctor").Split('.', '#').Where(p => p.Length > 0).Select(p => p.Split('`')[0]).ToArray();
        if (parts.Length == 0)
            return;
        string name = parts[parts.Length - 1];
        AddMember(id[0] == 'T' ? "Invoke" : id[0] == 'P' && path.Length < id.Length ? "this[]" : name == "ctor" ? ".ctor" : name, parts.Length > 1 ? parts[parts.Length - 2] : "");
    }

    private void AddMember(string name, string type)
    {
        _found = true;
        _isAll |= Implied.Contains(name) || name.StartsWith("op_", StringComparison.Ordinal) || name == "Invoke";
        _hasIndexer |= name == "this[]";
        _hasConstructor |= name == ".ctor";
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

    private bool IsSilent(string name) => _silent.Contains(name.EndsWith("Attribute", StringComparison.Ordinal) ? name.Substring(0, name.Length - "Attribute".Length) : name);
}
