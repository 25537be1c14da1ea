using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Vpio.Analyzers.Contracts;

namespace Vpio.Analyzers.Flow;

/// <summary>Is what a contract says of one device at the normal ends of the member that carries it.</summary>
/// <param name="Kind">The clause, or null when the contract says nothing of the device.</param>
/// <param name="Outcome">The result that tells, of those that may fail.</param>
/// <param name="MayRevoke">Whether a hold that is given may be given away in between.</param>
internal sealed record Promise(ClauseKind? Kind, Outcome? Outcome, bool MayRevoke)
{
    /// <summary>Gets whether nothing is promised.</summary>
    public bool IsNone => Kind is null or ClauseKind.Excludes;

    /// <summary>Gets the promise in words.</summary>
    public string Text => Kind switch
    {
        ClauseKind.RequiresHeld => "hold the device until it returns",
        ClauseKind.Acquires or ClauseKind.AssertsHeld => "hold the device when it returns",
        ClauseKind.Releases => "have released the device when it returns",
        ClauseKind.ReleasesWhen => "have released the device exactly when its result says so",
        _ => "hold the device exactly when its result says so",
    };

    /// <summary>Finds what is promised of a device.</summary>
    public static Promise Of(Contract contract, ImmutableArray<IParameterSymbol> parameters, Identity device, ContractTable contracts)
    {
        Clause? clause = contract.Clauses
            .Where(c => Entry.Devices(c, parameters).Contains(device))
            .OrderByDescending(c => c.Kind is not ClauseKind.RequiresHeld)
            .FirstOrDefault();
        if (clause is not null)
            return new Promise(clause.Kind, clause.Outcome, contract.MayRevoke);
        bool owned = device is VariableIdentity { Variable: IParameterSymbol parameter } && parameter.RefKind != RefKind.Out && contracts.Has(parameter, "Owns");
        return new Promise(owned ? ClauseKind.Releases : null, null, MayRevoke: false);
    }

    /// <summary>Gets whether an end keeps the promise.</summary>
    public bool IsKept(PathState end)
    {
        bool held = end.Hold.Kind == HoldKind.Held;
        return Kind switch
        {
            ClauseKind.RequiresHeld => held && (MayRevoke || !end.Hold.Dropped),
            ClauseKind.Acquires or ClauseKind.AssertsHeld => held,
            ClauseKind.Releases => !held,
            ClauseKind.TryAcquires => Succeeds(end) is { } success ? success == held : !held,
            ClauseKind.ReleasesWhen => Succeeds(end) is { } success ? success != held : held,
            _ => true,
        };
    }

    private bool? Succeeds(PathState end)
    {
        Value? result = Outcome!.Test == OutcomeTest.Parameter
            ? end.Slots.FirstOrDefault(s => s.Key is IParameterSymbol p && p.Name == Outcome.Name).Value
            : end[Slots.Return];
        return (Outcome.Test, result) switch
        {
            (OutcomeTest.Parameter, ConstantValue { Constant: bool told }) => told,
            (OutcomeTest.Constant, ConstantValue { Constant: var constant }) => Equals(constant, Outcome.Value) || Equals(constant?.ToString(), Outcome.Value?.ToString()),
            (OutcomeTest.Constant, OtherValue { Excluded: var excluded }) when Equals(excluded, Outcome.Value) => false,
            (OutcomeTest.NonNull, ConstantValue { Constant: null }) => false,
            (OutcomeTest.NonNull, HandleValue { MaybeNull: false } or ReferenceValue) => true,
            (OutcomeTest.Null, ConstantValue { Constant: null }) => true,
            (OutcomeTest.Null, HandleValue { MaybeNull: false } or OtherValue { Excluded: null }) => false,
            (OutcomeTest.NonZero, ConstantValue { Constant: var number }) => !Equals(number?.ToString(), "0"),
            (OutcomeTest.NonZero, OtherValue { Excluded: 0 }) => true,
            (OutcomeTest.Member, HandleValue { SuccessMember: not null, MaybeNull: false } handle) => handle.Acquired,
            _ => null,
        };
    }
}
