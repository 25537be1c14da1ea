using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Vpio.Analyzers.Knowledge;

namespace Vpio.Analyzers.Contracts;

/// <summary>Gives the contract of any member of a compilation: its attributes, and what a contract file says of members that have none.</summary>
internal sealed class ContractTable(INamespaceSymbol home, ImmutableDictionary<string, ImmutableArray<ContractLine>> lines)
{
    private readonly Remembered<ISymbol, Contract> _contracts = new(member => Read(member, home, lines));
    private readonly Remembered<ISymbol, ImmutableHashSet<string>> _names = new(symbol => ReadNames(symbol, home));
    private readonly Remembered<IMethodSymbol, MethodKnowledge> _known = new(WellKnown.Read);
    private readonly Remembered<ITypeSymbol, TypeTraits> _types = new(type => TypeTraits.Read(type, home));
    private readonly Remembered<IPropertySymbol, bool> _automatic = new(ReadAutomatic);

    /// <summary>Gets the contract of a member; an accessor has that of its property or event.</summary>
    public Contract Of(ISymbol member)
    {
        ISymbol carrier = member is IMethodSymbol { AssociatedSymbol: { } associated } ? associated : member;
        return _contracts.Of(carrier.OriginalDefinition);
    }

    /// <summary>Gets what is known of a method without attributes.</summary>
    public MethodKnowledge Known(IMethodSymbol method) => _known.Of(method.OriginalDefinition);

    /// <summary>Gets what the attributes say of a type.</summary>
    public TypeTraits TraitsOf(ITypeSymbol type) => _types.Of(type.OriginalDefinition);

    /// <summary>Gets whether a member's body is not checked: it says so itself, or on the accessor.</summary>
    public bool IsUnchecked(ISymbol member) => Of(member).Unchecked || Has(member, "NoOwnershipCheck");

    /// <summary>Gets whether a parameter carries an attribute.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="name">The attribute's name without its ending.</param>
    public bool Has(ISymbol parameter, string name) => _names.Of(parameter.OriginalDefinition).Contains(name);

    /// <summary>Gets the devices that are to be grabbed after the field.</summary>
    public ImmutableArray<DevicePath> Later(ISymbol field)
    {
        AttributeData? attribute = field.GetAttributes().FirstOrDefault(a => a.AttributeClass?.Name == "GrabBeforeAttribute" && ContractReader.IsOurs(a, home));
        return attribute is null ? ImmutableArray<DevicePath>.Empty : attribute.ConstructorArguments[0].Values
            .Select(v => DevicePath.Bind((string)v.Value!, field)).Where(p => p is not null).Select(p => p!).ToImmutableArray();
    }

    /// <summary>Gets whether a member never throws: it says so itself, or on the accessor that is called.</summary>
    public bool NeverThrows(ISymbol member) => Of(member).NoThrow || Has(member, "NoThrow");

    /// <summary>Gets whether a property only keeps a value, so that nothing can go wrong in it.</summary>
    public bool IsAutomatic(IPropertySymbol property) => _automatic.Of(property.OriginalDefinition);

    private static bool ReadAutomatic(IPropertySymbol property) =>
        property.ContainingType.GetMembers().OfType<IFieldSymbol>().Any(f => SymbolEqualityComparer.Default.Equals(f.AssociatedSymbol, property)) ||
        (!property.DeclaringSyntaxReferences.IsEmpty && property.DeclaringSyntaxReferences[0].GetSyntax() is ParameterSyntax);

    private static ImmutableHashSet<string> ReadNames(ISymbol symbol, INamespaceSymbol home) => symbol.GetAttributes()
        .Where(a => ContractReader.IsOurs(a, home))
        .Select(a => a.AttributeClass!.Name.Replace("Attribute", ""))
        .ToImmutableHashSet();

    private static Contract Read(ISymbol member, INamespaceSymbol home, ImmutableDictionary<string, ImmutableArray<ContractLine>> lines)
    {
        Contract contract = ContractReader.Read(member, home);
        if (lines.IsEmpty || member.GetDocumentationCommentId() is not { } id || !lines.TryGetValue(id, out ImmutableArray<ContractLine> said))
            return contract;
        return said.Aggregate(contract, (all, line) => line.AddTo(all, member) ?? all);
    }
}
