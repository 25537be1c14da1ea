using Microsoft.CodeAnalysis;
using Vpio.Analyzers.Contracts;

namespace Vpio.Analyzers.Flow;

/// <summary>What the contract of what is called demands and does.</summary>
internal sealed partial class Evaluator
{
    // What is demanded before the call. Wrong ones are reported here, and the path goes on as if they had been repaired.
    private void Require(Contract contract, ISymbol target, Value? receiver, ITypeSymbol? receiverType, Argument[] arguments, SyntaxNode site)
    {
        foreach (Clause clause in contract.Clauses)
        {
            SyntaxNode where = clause.Argument is { } parameter && arguments.FirstOrDefault(a => a.Parameter?.Ordinal == parameter.Ordinal) is { } argument
                ? Unwrap(argument.Operation).Syntax : site;
            foreach (DeviceSet devices in DevicesOf(clause, receiver, receiverType, arguments, where))
            {
                _part++;
                switch (clause.Kind)
                {
                    case ClauseKind.RequiresHeld:
                        Touch(devices, where, clause.IsTouch && target is not INamedTypeSymbol ? DeviceUse.Touch : DeviceUse.Requirement, contract.Quiesce, clause.Shared, clause.IsTouch ? receiver as HandleValue : null);
                        break;
                    case ClauseKind.Excludes:
                        Exclude(devices, where);
                        break;
                }
            }
        }

        _part = 0;
        if (contract.Polls && PollsFollowed(contract, receiver, receiverType, arguments, site))
            Interrupt();
    }

    // Each device is asked back on its own. A poll that names none stands for all.
    private bool PollsFollowed(Contract contract, Value? receiver, ITypeSymbol? receiverType, Argument[] arguments, SyntaxNode site)
    {
        DeviceSet[] named = contract.Clauses.Where(c => c.Kind == ClauseKind.RequiresHeld).SelectMany(c => DevicesOf(c, receiver, receiverType, arguments, site)).ToArray();
        bool isOfDevice = receiver is HandleValue || (receiverType is not null && analysis.Contracts.TraitsOf(receiverType).Device);
        DeviceSet[] polled = named.Length > 0 || !isOfDevice ? named : [OwnDevices(receiver!, receiverType, site)];
        return polled.Length == 0 || walk.Followed is null || polled.Any(d => d.ConcernOf(walk.Followed) != Concern.No);
    }

    private Value Apply(Contract contract, ISymbol target, Value? receiver, ITypeSymbol? receiverType, Argument[] arguments, SyntaxNode site)
    {
        ITypeSymbol? type = target switch { IMethodSymbol method => method.ReturnType, IPropertySymbol property => property.Type, INamedTypeSymbol { DelegateInvokeMethod: { } invoke } => invoke.ReturnType, _ => null };
        Value? result = null;
        foreach (Clause clause in contract.Clauses)
        {
            DeviceSet[] devices = DevicesOf(clause, receiver, receiverType, arguments, site).ToArray();
            _part = walk.Followed is { } followed ? 1 + Array.FindIndex(devices, d => d.ConcernOf(followed) != Concern.No) : 0;
            result = ApplyClause(clause, target, DeviceSet.All(devices.SelectMany(d => d.Devices)), devices, receiver, receiverType, arguments, site, type) ?? result;
        }

        _part = 0;
        if (contract.MayRevoke)
        {
            DeviceSet[] given = contract.Clauses.Where(c => c.Kind == ClauseKind.RequiresHeld).SelectMany(c => DevicesOf(c, receiver, receiverType, arguments, site)).ToArray();
            foreach (DeviceSet devices in given.Length > 0 ? given : receiver is null ? [] : [OwnDevices(receiver, receiverType, site)])
                MayLose(devices, site);
        }

        AssignOuts(contract, arguments, site);
        if (result is not null)
            return result;
        if (AliasOf(target, arguments) is { } alias)
            return alias;
        DeviceSet own = receiver is null ? DeviceSet.Empty : OwnDevices(receiver, receiverType, site);
        return Answer(contract, own, site) ?? ValueOf(contract, type, own, site);
    }

    private Value? ApplyClause(Clause clause, ISymbol target, DeviceSet all, DeviceSet[] devices, Value? receiver, ITypeSymbol? receiverType, Argument[] arguments, SyntaxNode site, ITypeSymbol? type)
    {
        switch (clause.Kind)
        {
            case ClauseKind.Acquires when AwaitedType(type) is { } awaited:
                analysis.Discover(all);
                return new PendingValue(all, site, awaited.Result);
            case ClauseKind.Acquires:
                CheckOrder(clause, all, site);
                return Acquire(devices.Length == 1 ? devices[0] : all, site, type, receiver, clause.Shared, clause.Reentrant);
            case ClauseKind.TryAcquires:
                analysis.Findings.Asked[site] = Names(all);
                CheckOrder(clause, all, site);
                if (AwaitedType(type) is { } later)
                    return new PendingTryValue(all, site, clause, later.Result) { Origin = site };
                return TryAcquire(clause, all, arguments, site, type, receiver);
            case ClauseKind.Releases:
                bool idempotent = IsDispose(target);

                // A grab that failed has left an empty handle, whose disposal does nothing.
                if (idempotent && receiver is ConstantValue { Failed: not null })
                    return null;
                bool pauses = type is not null && analysis.Contracts.TraitsOf(type) is { Scoped: true, Inverse: true };
                Hold before = _state.Hold;
                foreach (DeviceSet one in devices)
                    Release(one, site, HandleOf(clause, receiver, arguments), idempotent, pauses);
                return pauses
                    ? new HandleValue(all, site, Acquired: true) { Restores = before }
                    : null;
            case ClauseKind.ReleasesWhen:
                return ReleaseWhen(clause, all, site, type);
            case ClauseKind.AssertsHeld:
                AssertHeld(all, site);
                return null;
            default:
                return null;
        }
    }

    private bool IsDispose(ISymbol target) => target.Name is "Dispose" or "DisposeAsync" && analysis.Contracts.TraitsOf(target.ContainingType).Scoped;

    private static HandleValue? HandleOf(Clause clause, Value? receiver, Argument[] arguments) => clause.Argument is { } parameter
        ? arguments.FirstOrDefault(a => a.Parameter?.Ordinal == parameter.Ordinal)?.Value as HandleValue
        : receiver as HandleValue;

    private Value? Answer(Contract contract, DeviceSet own, SyntaxNode site)
    {
        Meaning? meaning = contract switch
        {
            { RevokedWhen: { } when } => new Meaning(MeaningKind.Stop, when, own),
            { HeldWhen: { } when } => new Meaning(MeaningKind.Proof, when, own),
            { Hint: true } => new Meaning(MeaningKind.Hint, true, own),
            _ => null,
        };
        if (meaning is null)
            return null;
        analysis.Discover(own);
        SyntaxNode? origin = meaning.Kind == MeaningKind.Stop ? site : null;
        if (origin is not null)
            analysis.Findings.Asked[site] = Names(own);
        return Told(meaning, site, origin);
    }

    private OpaqueValue Told(Meaning meaning, SyntaxNode site, SyntaxNode? origin)
    {
        OpaqueValue answer = Opaque(site, origin) with { Meaning = meaning };
        _state.Validate(site);
        return answer;
    }

    private Value ValueOf(Contract contract, ITypeSymbol? type, DeviceSet own, SyntaxNode site)
    {
        if (contract.CallerOwns)
        {
            // Nobody knows which device it is: it is one of its own, held from here on.
            Renew(site);
            DeviceSet handed = DeviceSet.Of(new FreshIdentity(site));
            Grab(handed, site, site, type?.IsRefLikeType == true, shared: false, reentrant: false);
            return new HandleValue(handed, site, Acquired: true);
        }

        bool touches = contract.Clauses.Any(c => c.Kind == ClauseKind.RequiresHeld);
        if (touches && own.Devices.Count > 0)
        {
            if (contract.Alias || (type is not null && analysis.Contracts.TraitsOf(type).View))
                return new ViewValue(own, Dead: false);
            if (type is { IsValueType: true, SpecialType: not (SpecialType.None or SpecialType.System_Boolean or SpecialType.System_Void) })
                return new DataValue(own, Stale: false);
        }

        return Result(type, site);
    }

    private Value? AliasOf(ISymbol target, Argument[] arguments)
    {
        if (target is not IMethodSymbol method || arguments.FirstOrDefault(a => a.Parameter is not null && analysis.Contracts.Has(a.Parameter, "OwnershipAlias")) is not { } argument)
            return null;
        if (!analysis.Contracts.TraitsOf(method.ReturnType).Scoped || argument.Value is not ReferenceValue reference)
            return argument.Value;
        SyntaxNode site = Written(Unwrap(argument.Operation).Syntax.Parent?.Parent?.Parent ?? argument.Operation.Syntax);
        if (walk.Followed is { } followed && reference.Devices.ConcernOf(followed) == Concern.Yes && _state.Hold.Kind == HoldKind.Held)
            _state.Hold = _state.Hold with { Scope = site, ScopeIsRefLike = method.ReturnType.IsRefLikeType };
        return new HandleValue(reference.Devices, site, Acquired: true) { IsRefLike = method.ReturnType.IsRefLikeType };
    }

    private static AwaitedResult? AwaitedType(ITypeSymbol? type) =>
        type is INamedTypeSymbol { Name: "Task" or "ValueTask", ContainingNamespace: { Name: "Tasks", ContainingNamespace.Name: "Threading" } } task
            ? new AwaitedResult(task.TypeArguments.FirstOrDefault()) : null;

    private sealed record AwaitedResult(ITypeSymbol? Result);
}
