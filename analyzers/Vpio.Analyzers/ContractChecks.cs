using Microsoft.CodeAnalysis;
using Vpio.Analyzers.Contracts;
using Vpio.Analyzers.Rules;

namespace Vpio.Analyzers;

/// <summary>Checks the attributes themselves: that their text binds, that they stand where they may, that an override promises no less.</summary>
internal static class ContractChecks
{
    /// <summary>Reports what is wrong with the contracts of a type's members.</summary>
    public static void Report(INamedTypeSymbol type, ContractTable contracts, Action<Diagnostic> report)
    {
        foreach (ISymbol member in type.GetMembers().Append(type))
        {
            if (member is IMethodSymbol { AssociatedSymbol: not null } || member.IsImplicitlyDeclared)
                continue;
            Contract contract = contracts.Of(member);
            foreach (Malformation fault in contract.Malformations)
                report(Describe(fault));
            if (member is not INamedTypeSymbol)
                CheckInheritance(member, contract, contracts, report);
        }
    }

    /// <summary>Says what is wrong with an attribute.</summary>
    public static Diagnostic Describe(Malformation fault) => fault.Kind switch
    {
        MalformationKind.NoReason => Diagnostic.Create(OptOutWithoutReason.Rule, fault.Location, fault.Text, OptOutWithoutReason.Argument),
        MalformationKind.Deferred => Diagnostic.Create(ContractBroken.Rule, fault.Location, $"[{fault.Text}] cannot be kept by an async member or an iterator, whose body runs later: move it to a member that runs when it is called"),
        _ => Diagnostic.Create(ContractBroken.Rule, fault.Location, $"'{fault.Text}' names no parameter and no member: name a device that this member can reach"),
    };

    private static void CheckInheritance(ISymbol member, Contract contract, ContractTable contracts, Action<Diagnostic> report)
    {
        if (Overridden(member).Any(o => Weakens(contract, contracts.Of(o))) && member.Locations.FirstOrDefault(l => l.IsInSource) is { } location)
            report(Diagnostic.Create(ContractNotInherited.Rule, location, member.Name));
    }

    private static IEnumerable<ISymbol> Overridden(ISymbol member)
    {
        ISymbol? overridden = member switch
        {
            IMethodSymbol method => method.OverriddenMethod,
            IPropertySymbol property => property.OverriddenProperty,
            IEventSymbol @event => @event.OverriddenEvent,
            _ => null,
        };
        if (overridden is not null)
            yield return overridden;
        if (member is not (IMethodSymbol or IPropertySymbol or IEventSymbol) || member.ContainingType is not { TypeKind: not TypeKind.Interface } type)
            yield break;
        foreach (ISymbol promised in type.AllInterfaces.SelectMany(i => i.GetMembers()).Where(m => m.Kind == member.Kind))
        {
            if (SymbolEqualityComparer.Default.Equals(type.FindImplementationForInterfaceMember(promised), member))
                yield return promised;
        }
    }

    // Who calls through the base knows only what the base says.
    private static bool Weakens(Contract mine, Contract theirs) =>
        mine.Clauses.Any(c => c.Kind is ClauseKind.RequiresHeld or ClauseKind.Excludes && !Has(theirs, c)) ||
        theirs.Clauses.Any(c => c.Kind is ClauseKind.Acquires or ClauseKind.TryAcquires or ClauseKind.Releases or ClauseKind.ReleasesWhen or ClauseKind.AssertsHeld && !Has(mine, c)) ||
        (mine.MayRevoke && !theirs.MayRevoke) ||
        (theirs.Polls && !mine.Polls);

    private static bool Has(Contract contract, Clause clause) => contract.Clauses.Any(clause.SaysTheSame);
}
