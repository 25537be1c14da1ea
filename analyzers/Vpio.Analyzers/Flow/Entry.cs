using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Vpio.Analyzers.Contracts;

namespace Vpio.Analyzers.Flow;

/// <summary>Is what a member starts with by its contract: the devices that its caller gives held, and the handles among its parameters.</summary>
/// <param name="Held">The devices held.</param>
/// <param name="Shared">Those of them with an observer's hold.</param>
/// <param name="Handles">Parameters that are handles, with what they hold.</param>
internal sealed record Entry(ImmutableHashSet<Identity> Held, ImmutableHashSet<Identity> Shared, ImmutableDictionary<IParameterSymbol, HandleValue> Handles)
{
    /// <summary>Reads what a contract gives.</summary>
    /// <param name="contracts">The contracts of the compilation.</param>
    /// <param name="contract">What the member, or the delegate that it was made into, says.</param>
    /// <param name="parameters">The member's parameters: a delegate's are matched by position.</param>
    /// <param name="declaration">The member's declaration, which stands for the grab that nobody sees.</param>
    public static Entry Of(ContractTable contracts, Contract contract, ImmutableArray<IParameterSymbol> parameters, SyntaxNode declaration)
    {
        HashSet<Identity> held = [], shared = [];
        Dictionary<IParameterSymbol, HandleValue> handles = new(SymbolEqualityComparer.Default);
        foreach (Clause clause in contract.Clauses)
        {
            DeviceSet devices = DeviceSet.All(Devices(clause, parameters));
            if (clause.Kind is ClauseKind.RequiresHeld or ClauseKind.Releases or ClauseKind.ReleasesWhen)
            {
                held.UnionWith(devices.Devices);
                if (clause.Shared)
                    shared.UnionWith(devices.Devices);
            }

            if (clause.Argument is { } argument && argument.Ordinal < parameters.Length && contracts.TraitsOf(argument.Type).Scoped)
                handles[parameters[argument.Ordinal]] = new HandleValue(devices, declaration, Acquired: true) { IsRefLike = argument.Type.IsRefLikeType };
        }

        foreach (IParameterSymbol parameter in parameters.Where(p => p.RefKind != RefKind.Out && contracts.Has(p, "Owns")))
        {
            DeviceSet own = DeviceSet.Of(new VariableIdentity(parameter));
            held.UnionWith(own.Devices);
            handles[parameter] = new HandleValue(own, declaration, Acquired: true) { IsRefLike = parameter.Type.IsRefLikeType };
        }

        return new Entry(held.ToImmutableHashSet(), shared.ToImmutableHashSet(), handles.ToImmutableDictionary<IParameterSymbol, HandleValue>(SymbolEqualityComparer.Default));
    }

    /// <summary>Gets the devices that a clause means inside the member itself.</summary>
    public static IEnumerable<Identity> Devices(Clause clause, ImmutableArray<IParameterSymbol> parameters)
    {
        if (!clause.Named)
            return [clause.Argument is { } argument ? Root(argument, parameters) : ThisIdentity.Instance];
        return clause.Paths.Select(p => p.Members.Aggregate(
            p.Parameter is { } parameter ? Root(parameter, parameters) : (Identity)ThisIdentity.Instance,
            (owner, member) => new MemberIdentity(member.IsStatic ? null : owner, member)));
    }

    private static Identity Root(IParameterSymbol parameter, ImmutableArray<IParameterSymbol> parameters) =>
        new VariableIdentity(parameter.Ordinal < parameters.Length ? parameters[parameter.Ordinal] : parameter);
}
