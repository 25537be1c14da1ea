using Microsoft.CodeAnalysis;
using Vpio.Analyzers.Contracts;

namespace Vpio.Analyzers.Flow;

/// <summary>How grabs turn out, and how their results tell.</summary>
internal sealed partial class Evaluator
{
    private Value Acquire(DeviceSet devices, SyntaxNode site, ITypeSymbol? type, Value? receiver, bool shared, bool reentrant)
    {
        TypeTraits? traits = type is null ? null : analysis.Contracts.TraitsOf(type);
        if (receiver is HandleValue { Restores: { } restores } && walk.Followed is { } followed && devices.ConcernOf(followed) == Concern.Yes && _state.Hold.Kind != HoldKind.Held)
        {
            // The end of an inverse scope takes the very hold again that its start gave back.
            analysis.Discover(devices);
            SetHold(restores.Kind == HoldKind.Held ? restores with { Dropped = _state.Hold.Dropped, AtEntry = false } : new Hold(HoldKind.Silent));
            return Value.Unknown;
        }

        SyntaxNode? scope = traits is { Scoped: true } ? site : (receiver as HandleValue)?.Site;
        bool refLike = traits is { Scoped: true } ? type!.IsRefLikeType : receiver is HandleValue { IsRefLike: true };
        Grab(devices, site, scope, refLike, shared, reentrant);
        return traits is { Scoped: true } ? new HandleValue(devices, site, Acquired: true) { IsRefLike = type!.IsRefLikeType } : Value.Unknown;
    }

    private Value TryAcquire(Clause clause, DeviceSet devices, Argument[] arguments, SyntaxNode site, ITypeSymbol? type, Value? receiver)
    {
        Outcome outcome = clause.Outcome!;
        TypeTraits? traits = type is null ? null : analysis.Contracts.TraitsOf(type);
        Argument? handed = arguments.FirstOrDefault(a => a.Parameter is { RefKind: RefKind.Out } p && (analysis.Contracts.Has(p, "Owns") || analysis.Contracts.TraitsOf(p.Type).Scoped));
        SyntaxNode? scope = traits is { Scoped: true } || handed is not null ? site : (receiver as HandleValue)?.Site;
        bool refLike = traits is { Scoped: true } ? type!.IsRefLikeType : handed?.Parameter!.Type.IsRefLikeType ?? false;
        bool? success = null;
        _state.Renew(site);
        analysis.Discover(devices);
        if (walk.Followed is { } followed && devices.ConcernOf(followed) == Concern.Yes)
        {
            success = analysis.Swallows(site) || _choices.Take(2) == 0;
            if (success == true || _state.Hold.Kind == HoldKind.Held)
                Grab(devices, site, scope, refLike, clause.Shared, clause.Reentrant);
            else
                IsOn(devices, site);
            if (analysis.Swallows(site) || _state.Hold.Kind == HoldKind.Silent)
                success = null;
        }
        else
        {
            IsOn(devices, site);
        }

        if (handed?.Slot is { } slot)
            _state.Set(slot, OutcomeHandle(devices, site, success) with { Origin = site, MaybeNull = success is null });
        return OutcomeValue(outcome, traits, devices, arguments, site, type, success);
    }

    private static Value OutcomeHandle(DeviceSet devices, SyntaxNode site, bool? success) =>
        success == false ? ConstantValue.Null with { Failed = devices } : new HandleValue(devices, site, Acquired: true);

    private Value OutcomeValue(Outcome outcome, TypeTraits? traits, DeviceSet devices, Argument[] arguments, SyntaxNode site, ITypeSymbol? type, bool? success)
    {
        switch (outcome.Test)
        {
            case OutcomeTest.Constant when success is null:
                return Opaque(site, site);
            case OutcomeTest.Constant when outcome.Value is bool told:
                return ConstantValue.Of(told == success) with { Origin = site };
            case OutcomeTest.Constant:
                return success == true ? new ConstantValue(outcome.Value) { Origin = site } : new OtherValue(outcome.Value) { Origin = site };
            case OutcomeTest.NonZero:
                return success is null ? Opaque(site, site) : success == false ? new ConstantValue(0) { Origin = site } : new OtherValue(0) { Origin = site };
            case OutcomeTest.Null:
                return success is null ? Opaque(site, site) : success == true ? ConstantValue.Null with { Origin = site } : new OtherValue(null) { Origin = site };
            case OutcomeTest.NonNull:
                return (traits is { Scoped: true } || success == false ? OutcomeHandle(devices, site, success) : new OtherValue(null)) with { Origin = site, MaybeNull = success is null };
            case OutcomeTest.Member:
                return new HandleValue(devices, site, success != false) { SuccessMember = outcome.Name, Origin = site, IsRefLike = type?.IsRefLikeType == true, MaybeNull = success is null };
            default:
                if (arguments.FirstOrDefault(a => a.Parameter?.Name == outcome.Name)?.Slot is { } slot)
                    _state.Set(slot, success is null ? Opaque(site, site) : ConstantValue.Of(success.Value) with { Origin = site });
                return Value.Unknown;
        }
    }

    private Value Success(HandleValue handle, SyntaxNode place) => handle.MaybeNull
        ? new OpaqueValue((handle.Site, handle.SuccessMember)) { Origin = handle.Site }
        : ConstantValue.Of(handle.Acquired) with { Origin = handle.Site };

    private Value ReleaseWhen(Clause clause, DeviceSet devices, SyntaxNode site, ITypeSymbol? type)
    {
        if (walk.Followed is not { } followed || devices.ConcernOf(followed) != Concern.Yes)
        {
            IsOn(devices, site);
            return Opaque(site, null);
        }

        bool released = _choices.Take(2) == 0;
        if (released || _state.Hold.Kind is not HoldKind.Held)
            Release(devices, site, null, idempotent: false, pauses: false);
        return OutcomeValue(clause.Outcome!, type is null ? null : analysis.Contracts.TraitsOf(type), devices, [], site, type, released) with { Origin = null };
    }
}
