using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Vpio.Analyzers.Knowledge;

namespace Vpio.Analyzers.Contracts;

/// <summary>Gives the contract of any member of a compilation: its attributes, and what a contract file says of members that have none.</summary>
internal sealed class ContractTable(INamespaceSymbol home, ImmutableDictionary<string, ImmutableArray<ContractLine>> lines)
{
    private readonly ConcurrentDictionary<ISymbol, Contract> _contracts = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<ISymbol, ImmutableHashSet<string>> _names = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<ISymbol, MethodKnowledge> _known = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<ITypeSymbol, TypeTraits> _types = new(SymbolEqualityComparer.Default);

    /// <summary>Gets the contract of a member; an accessor has that of its property or event.</summary>
    public Contract Of(ISymbol member)
    {
        ISymbol carrier = member is IMethodSymbol { AssociatedSymbol: { } associated } ? associated : member;
        return _contracts.GetOrAdd(carrier.OriginalDefinition, Read);
    }

    /// <summary>Gets what is known of a method without attributes.</summary>
    public MethodKnowledge Known(IMethodSymbol method) => _known.GetOrAdd(method.OriginalDefinition, m => WellKnown.Read((IMethodSymbol)m));

    /// <summary>Gets what the attributes say of a type.</summary>
    public TypeTraits TraitsOf(ITypeSymbol type) => _types.GetOrAdd(type.OriginalDefinition, t => TypeTraits.Read(t, home));

    /// <summary>Gets whether a member's body is not checked: it says so itself, or on the accessor.</summary>
    public bool IsUnchecked(ISymbol member) => Of(member).Unchecked || Has(member, "NoOwnershipCheck");

    /// <summary>Gets whether a parameter carries an attribute.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="name">The attribute's name without its ending.</param>
    public bool Has(ISymbol parameter, string name) => _names.GetOrAdd(parameter.OriginalDefinition, ReadNames).Contains(name);

    /// <summary>Gets the devices that are to be grabbed after the field.</summary>
    public ImmutableArray<DevicePath> Later(ISymbol field)
    {
        AttributeData? attribute = field.GetAttributes().FirstOrDefault(a => a.AttributeClass?.Name == "GrabBeforeAttribute" && ContractReader.IsOurs(a, home));
        return attribute is null ? ImmutableArray<DevicePath>.Empty : attribute.ConstructorArguments[0].Values
            .Select(v => DevicePath.Bind((string)v.Value!, field)).Where(p => p is not null).Select(p => p!).ToImmutableArray();
    }

    /// <summary>Gets whether a member never throws: it says so itself, or on the accessor that is called.</summary>
    public bool NeverThrows(ISymbol member) => Of(member).NoThrow || Has(member, "NoThrow");

    private ImmutableHashSet<string> ReadNames(ISymbol symbol) => symbol.GetAttributes()
        .Where(a => ContractReader.IsOurs(a, home))
        .Select(a => a.AttributeClass!.Name.Replace("Attribute", ""))
        .ToImmutableHashSet();

    private Contract Read(ISymbol member)
    {
        Contract contract = ContractReader.Read(member, home);
        if (lines.IsEmpty || member.GetDocumentationCommentId() is not { } id || !lines.TryGetValue(id, out ImmutableArray<ContractLine> said))
            return contract;
        return said.Aggregate(contract, (all, line) => line.AddTo(all, member) ?? all);
    }
}
