using Microsoft.CodeAnalysis;
using Vpio.Analyzers.Contracts;
using Vpio.Analyzers.Layout;

namespace Vpio.Analyzers.SharedMemory;

/// <summary>Remembers which symbols of a compilation bear marks of shared memory, and which structs hold shared words.</summary>
internal sealed class MemoryMarks
{
    // Half-typed code has structs that hold themselves, and generic ones that hold ever larger ones.
    private const int MostTypes = 256;

    private readonly Remembered<ISymbol, Mark> _marks = new(Read);
    private readonly Remembered<ITypeSymbol, bool> _holders;

    /// <summary>Makes an empty memory.</summary>
    public MemoryMarks() => _holders = new(type => ReadHolds(type, new(SymbolEqualityComparer.Default)));

    /// <summary>Gets whether a symbol bears a mark; a method's is that of what it returns, and an accessor's that of its property.</summary>
    public bool Has(ISymbol symbol, Mark mark) => (_marks.Of(symbol.OriginalDefinition) & mark) != 0;

    /// <summary>Gets the struct that gives a word its meaning, if the word names one.</summary>
    public ITypeSymbol? FormatOf(ISymbol word) =>
        (Marks.Find(word.OriginalDefinition, "SharedWord") ?? (word as IMethodSymbol)?.GetReturnTypeAttributes().FirstOrDefault(a => a.AttributeClass?.Name == "SharedWordAttribute"))?
        .ConstructorArguments.FirstOrDefault() is { Kind: TypedConstantKind.Type, Value: ITypeSymbol format } ? format : null;

    /// <summary>Gets whether an instance of a struct has a shared word somewhere in it.</summary>
    public bool HoldsWords(ITypeSymbol? type) => type is INamedTypeSymbol { TypeKind: TypeKind.Struct, SpecialType: SpecialType.None } && _holders.Of(type);

    private bool ReadHolds(ITypeSymbol type, HashSet<ISymbol> visited) => visited.Count < MostTypes && visited.Add(type) && type is INamedTypeSymbol structure && TypeLayout.InstanceFields(structure).Any(f =>
        f.RefKind == RefKind.None && ((Has(f, Mark.SharedWord) && f.Type.IsValueType) || (f.Type is INamedTypeSymbol { TypeKind: TypeKind.Struct, SpecialType: SpecialType.None } && ReadHolds(f.Type, visited))));

    private static Mark Read(ISymbol symbol)
    {
        Mark found = Mark.None;
        foreach ((Mark mark, string name) in MarkNames.All)
        {
            bool has = Marks.Has(symbol, name) || (symbol is IMethodSymbol method && Marks.ReturnHas(method, name));
            found |= has ? mark : Mark.None;
        }

        return found;
    }
}
