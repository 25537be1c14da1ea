using Microsoft.CodeAnalysis;

namespace Vpio.Analyzers.Baseline;

/// <summary>Is the ABI of an assembly as its source declares it.</summary>
internal sealed class DeclaredAbi
{
    private readonly Dictionary<string, string?> _values = [];

    /// <summary>Reads all types of an assembly.</summary>
    public DeclaredAbi(IAssemblySymbol assembly)
    {
        foreach (DeclaredEntry entry in TypesIn(assembly.GlobalNamespace).SelectMany(Of))
            _values[entry.Key] = entry.Value;
    }

    /// <summary>Tells what one type declares, without the types in it.</summary>
    public static IEnumerable<DeclaredEntry> Of(INamedTypeSymbol type) =>
        DeclaredLayout.Of(type).Concat(DeclaredNumbers.Of(type)).Concat(DeclaredContracts.Of(type)).Where(e => e is not null).Select(e => e!);

    /// <summary>Gets whether something with this key is declared, whatever is said of it.</summary>
    public bool Has(string key) => _values.ContainsKey(key);

    /// <summary>Gets whether exactly this is declared.</summary>
    public bool Has(BaselineEntry entry) => _values.TryGetValue(entry.Key, out string? value) && value == entry.Value;

    private static IEnumerable<INamedTypeSymbol> TypesIn(INamespaceOrTypeSymbol scope)
    {
        Stack<INamespaceOrTypeSymbol> open = new([scope]);
        while (open.Count > 0)
        {
            INamespaceOrTypeSymbol each = open.Pop();
            if (each is INamedTypeSymbol type)
                yield return type;
            foreach (INamespaceOrTypeSymbol member in each.GetMembers().OfType<INamespaceOrTypeSymbol>())
                open.Push(member);
        }
    }
}
