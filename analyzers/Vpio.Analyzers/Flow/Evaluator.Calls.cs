using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Vpio.Analyzers.Contracts;
using Vpio.Analyzers.Knowledge;

namespace Vpio.Analyzers.Flow;

/// <summary>Calls, and what the contract of what is called demands and does.</summary>
internal sealed partial class Evaluator
{
    private Value Invoke(IInvocationOperation operation)
    {
        IMethodSymbol target = operation.TargetMethod;
        Value? receiver = operation.Instance is null ? null : Evaluate(operation.Instance);
        Argument[] arguments = operation.Arguments.Select(EvaluateArgument).ToArray();
        if (_state.Ended)
            return Value.Unknown;
        SyntaxNode site = Written(operation.Syntax);
        if (analysis.Contracts.Known(target).IsAssert && arguments.Length > 0)
            return Assume(arguments[0]);
        if (analysis.Contracts.Known(target).EndsProcess)
        {
            _state.Ended = true;
            return Value.Unknown;
        }

        if (analysis.Contracts.Known(target).IsUnchecked)
            return Uncheck(arguments, site);
        if (IsEquality(target) && receiver is not null && arguments.Length == 1)
            return EqualTo(receiver, arguments[0].Value, operation);
        if (target.MethodKind == MethodKind.DelegateInvoke)
            return InvokeDelegate(operation, receiver, arguments, site);
        return Call(Implementation(target, receiver, operation), receiver, operation.Instance?.Type, arguments, site, operation);
    }

    // `using` calls the interface; the handle's own method has the contract.
    private static IMethodSymbol Implementation(IMethodSymbol target, Value? receiver, IInvocationOperation operation) =>
        receiver is HandleValue && target.ContainingType.TypeKind == TypeKind.Interface && operation.Instance is { } instance && Unwrap(instance).Type is { } type
            ? type.FindImplementationForInterfaceMember(target) as IMethodSymbol ?? target
            : target;

    private static bool IsEquality(IMethodSymbol method) =>
        method.Name == "Equals" && method.ContainingType is { SpecialType: SpecialType.System_Boolean or SpecialType.System_Int32 or SpecialType.System_UInt32 or SpecialType.System_Enum };

    private Argument EvaluateArgument(IArgumentOperation operation)
    {
        IOperation written = Unwrap(operation.Value);
        bool assigned = operation.Parameter?.RefKind == RefKind.Out;
        Value value = assigned ? Value.Unknown : Evaluate(operation.Value);
        object? slot = operation.Parameter?.RefKind is RefKind.Ref or RefKind.Out ? PrepareSlot(written) : null;
        return new Argument(operation.Parameter, value, operation.Value, slot);
    }

    private object? PrepareSlot(IOperation target) => target switch
    {
        IDeclarationExpressionOperation declaration => PrepareSlot(declaration.Expression),
        _ => SlotOf(target),
    };

    private Value Call(IMethodSymbol target, Value? receiver, ITypeSymbol? receiverType, Argument[] arguments, SyntaxNode site, IOperation operation)
    {
        if (receiver is ReferenceValue { Unchecked: true })
            return Result(target.ReturnType, site);
        Contract contract = analysis.Contracts.Of(target);
        LetGo(target, contract, arguments);
        if (analysis.Contracts.Known(target).Blocks)
            Block(site, LockLocation(operation));
        if (receiver is ViewValue view && analysis.IsViewMember(target))
            UseView(view, site);
        if (!contract.Speaks && analysis.BodyOf(target) is { } body)
            return Follow(body, receiver, arguments, site);

        Require(contract, target, receiver, receiverType, arguments, site);
        if (_state.Ended)
            return Value.Unknown;
        bool returns = !analysis.Contracts.Known(target).DoesNotReturn;
        bool mayThrow = !returns || !analysis.Contracts.NeverThrows(target);

        // A Dispose that throws is still the last that can be done with the handle; any other call that throws has had no effect.
        bool isLast = receiver is HandleValue && IsDispose(target);
        if (mayThrow && !isLast)
            MayThrow();
        if (!returns)
        {
            _state.Ended = true;
            return Value.Unknown;
        }

        RunImmediate(target, arguments, site);
        Recursion(target, site);
        Value result = Apply(contract, target, receiver, receiverType, arguments, site);
        if (mayThrow && isLast)
            MayThrow();
        if (!contract.Speaks && !analysis.Contracts.Known(target).IsFramework)
            ForgetFields(site);
        return result;
    }

    private Value AccessProperty(IPropertyReferenceOperation operation)
    {
        Value? receiver = operation.Instance is null ? null : Evaluate(operation.Instance);
        Argument[] arguments = operation.Arguments.Select(EvaluateArgument).ToArray();
        if (_state.Ended)
            return Value.Unknown;
        if (receiver is ReferenceValue { Unchecked: true })
            return new ReferenceValue(DeviceSet.Empty);
        SyntaxNode site = Written(operation.Syntax);
        IPropertySymbol property = operation.Property;
        Contract contract = analysis.Contracts.Of(property);
        if (receiver is HandleValue handle && handle.SuccessMember == property.Name)
            return Success(handle, operation.Syntax);
        if (receiver is ViewValue view && analysis.Contracts.TraitsOf(property.ContainingType).View)
        {
            UseView(view, site);
            return new DataValue(view.Devices, Stale: false);
        }

        // `device.Hint.IsHeld`: what is read of a hint is one.
        if (receiver is OpaqueValue { Meaning: { Kind: MeaningKind.Hint } hint } && property.Type.SpecialType == SpecialType.System_Boolean)
            return Told(hint, site, origin: null);
        if (WellKnown.Blocks(property))
            Block(site, null);
        if (!contract.Speaks && AccessorOf(operation) is { } accessor && analysis.BodyOf(accessor) is { } body)
            return Follow(body, receiver, arguments, site);
        Require(contract, property, receiver, operation.Instance?.Type, arguments, site);
        if (analysis.MayThrow(property))
            MayThrow();
        if (_state.Ended)
            return Value.Unknown;
        if (contract.Speaks)
            return Apply(contract, property, receiver, operation.Instance?.Type, arguments, site);
        return PropertyValue(operation, receiver, arguments, contract);
    }

    private static IMethodSymbol? AccessorOf(IPropertyReferenceOperation operation) =>
        operation.Parent is ISimpleAssignmentOperation assignment && assignment.Target == operation ? operation.Property.SetMethod : operation.Property.GetMethod;

    private Value PropertyValue(IPropertyReferenceOperation operation, Value? receiver, Argument[] arguments, Contract contract)
    {
        IPropertySymbol property = operation.Property;
        if (contract.SameAs is { } same && Resolve(same, receiver, arguments, operation.Syntax) is { } devices)
            return new ReferenceValue(devices);
        if (property.IsIndexer)
            return arguments.Length == 1 ? Element(receiver ?? Value.Unknown, [arguments[0].Value], ImmutableArray.Create(arguments[0].Operation), operation) : Result(operation.Type, operation.Syntax);
        if (!IsIdentifiable(operation.Type) || Path(receiver, property) is not { } path)
            return Result(operation.Type, operation.Syntax, property.Name);
        return _state[path] ?? new ReferenceValue(DeviceSet.Of(path));
    }

    private Value AccessEvent(IEventReferenceOperation operation)
    {
        Value? receiver = operation.Instance is null ? null : Evaluate(operation.Instance);
        Require(analysis.Contracts.Of(operation.Event), operation.Event, receiver, operation.Instance?.Type, [], Written(operation.Syntax));
        return Value.Unknown;
    }

    private Value AssignEvent(IEventAssignmentOperation operation)
    {
        Evaluate(operation.EventReference);
        Value value = Evaluate(operation.HandlerValue);
        if (value is CodeValue code)
            Escape(code);
        MayThrow();
        return Value.Unknown;
    }

    private Value Create(IObjectCreationOperation operation)
    {
        Argument[] arguments = operation.Arguments.Select(EvaluateArgument).ToArray();
        if (operation.Constructor is not { } constructor || _state.Ended)
            return Value.Unknown;
        SyntaxNode site = operation.Syntax;
        Contract contract = analysis.Contracts.Of(constructor);
        LetGo(constructor, contract, arguments);
        Require(contract, constructor, null, null, arguments, site);
        if (!constructor.IsImplicitlyDeclared && !analysis.Contracts.NeverThrows(constructor))
            MayThrow();
        Value? alias = arguments.FirstOrDefault(a => a.Parameter is not null && analysis.Contracts.Has(a.Parameter, "OwnershipAlias"))?.Value;
        if (alias is not null)
            return alias;
        if (operation.Type is not { } type)
            return Value.Unknown;
        Value result = Result(type, site, $"the new {type.Name}");
        if (result is ReferenceValue { Devices: var made })
        {
            if (analysis.Contracts.TraitsOf(type).Device && walk.Followed is { } followed && made.ConcernOf(followed) == Concern.Yes)
                _state.Hold = new Hold(HoldKind.Private);
            Wrap(constructor, arguments, made);
        }

        return result;
    }

    // `new DevRef(dev)`: a constructor that only keeps a parameter in a field makes the field the same device.
    private void Wrap(IMethodSymbol constructor, Argument[] arguments, DeviceSet made)
    {
        if (made.Single is not { } owner)
            return;
        foreach ((ISymbol field, int ordinal) in analysis.KeptBy(constructor))
        {
            Argument? argument = arguments.FirstOrDefault(a => a.Parameter?.Ordinal == ordinal);
            if (argument?.Value is ReferenceValue or HandleValue)
                _state.Set(new MemberIdentity(owner, field), argument.Value);
        }
    }

    private Value CallOperator(IMethodSymbol method, SyntaxNode site, (IParameterSymbol Parameter, Value Value, IOperation Operation)[] operands)
    {
        Argument[] arguments = operands.Select(o => new Argument(o.Parameter, o.Value, o.Operation, null)).ToArray();
        return Call(method, null, null, arguments, site, operands[0].Operation);
    }

    private Value InvokeDelegate(IInvocationOperation operation, Value? receiver, Argument[] arguments, SyntaxNode site)
    {
        if (receiver is CodeValue code)
            return Run(code, arguments, site);
        INamedTypeSymbol type = operation.TargetMethod.ContainingType;
        Contract contract = analysis.Contracts.Of(type);
        LetGo(operation.TargetMethod, contract, arguments);
        Require(contract, type, null, null, arguments, site);
        MayThrow();
        Value result = Apply(contract, type, null, null, arguments, site);
        ForgetFields(site);
        return result;
    }

    // What is demanded before the call. Wrong ones are reported here, and the path goes on as if they had been repaired.
    private void Require(Contract contract, ISymbol target, Value? receiver, ITypeSymbol? receiverType, Argument[] arguments, SyntaxNode site)
    {
        foreach (Clause clause in contract.Clauses)
        {
            SyntaxNode where = clause.Argument is { } parameter && arguments.FirstOrDefault(a => a.Parameter?.Ordinal == parameter.Ordinal) is { } argument
                ? Unwrap(argument.Operation).Syntax : site;
            foreach (DeviceSet devices in DevicesOf(clause, receiver, receiverType, arguments, where))
            {
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

        if (contract.Polls && PollsFollowed(contract, receiver, receiverType, arguments, site))
        {
            _interrupted = true;
            walk.Cycles.Polled = true;
        }
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
            result = ApplyClause(clause, target, DeviceSet.All(devices.SelectMany(d => d.Devices)), devices, receiver, receiverType, arguments, site, type) ?? result;
        }

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

    private void AssignOuts(Contract contract, Argument[] arguments, SyntaxNode site)
    {
        bool tries = contract.Clauses.Any(c => c.Kind == ClauseKind.TryAcquires);
        foreach (Argument argument in arguments)
        {
            if (argument.Slot is null || argument.Parameter is not { } parameter)
                continue;
            bool spokenFor = contract.Clauses.Any(c => c.Outcome?.Name == parameter.Name || SymbolEqualityComparer.Default.Equals(c.Argument, parameter)) ||
                (tries && parameter.RefKind == RefKind.Out && (analysis.Contracts.Has(parameter, "Owns") || analysis.Contracts.TraitsOf(parameter.Type).Scoped));
            if (!spokenFor)
                _state.Set(argument.Slot, Result(parameter.Type, argument.Operation.Syntax));
        }
    }

    // What arguments may do once they are out of sight: views escape, handles are taken over, code may run at any time.
    private void LetGo(IMethodSymbol target, Contract contract, Argument[] arguments)
    {
        foreach (Argument argument in arguments)
        {
            IParameterSymbol? parameter = argument.Parameter;
            bool isTakenOver = argument.Value is HandleValue or ConstantValue && parameter is not null && analysis.Contracts.Has(parameter, "Owns");
            if (!analysis.Contracts.Known(target).IsAssert && !isTakenOver)
                NoteTested(argument.Value);
            if (parameter is null)
                continue;
            if (parameter.RefKind == RefKind.None)
                Copy(argument.Operation, isRef: false);
            switch (argument.Value)
            {
                case ViewValue when !analysis.Contracts.Has(parameter, "NoEscape") && Keeps(target, parameter):
                    EscapeOf(argument.Value, Unwrap(argument.Operation).Syntax);
                    break;
                case HandleValue handle when analysis.Contracts.Has(parameter, "Owns") && parameter.RefKind != RefKind.Out:
                    // It is taken over only by a call that returns: the exception of one that throws leaves it here.
                    if (!analysis.Contracts.NeverThrows(target))
                        MayThrow();
                    GiveAway(handle);
                    break;
                case ReferenceValue when !contract.Speaks && !analysis.Contracts.Has(parameter, "NoEscape") && parameter.RefKind != RefKind.In && !analysis.Contracts.Known(target).IsFramework:
                    Publish(argument.Value);
                    break;
                case CodeValue code when !IsImmediate(target, parameter):
                    Escape(code);
                    break;
            }
        }
    }

    // A stack-only view cannot be kept by a callee that has nowhere on the stack to put it.
    private static bool Keeps(IMethodSymbol target, IParameterSymbol parameter) =>
        !parameter.Type.IsRefLikeType || target.ReturnType.IsRefLikeType || target.Parameters.Any(p => p.RefKind is RefKind.Ref or RefKind.Out && p.Type.IsRefLikeType);

    private Value Assume(Argument argument)
    {
        if (argument.Value is OpaqueValue opaque && _state.FactOf(opaque.Id) is null)
            Learn(opaque, !opaque.Negated);
        return Value.Unknown;
    }

    private Value Uncheck(Argument[] arguments, SyntaxNode site)
    {
        if (arguments.Length > 1 && arguments[1].Value is ConstantValue { Constant: var reason } && string.IsNullOrWhiteSpace(reason as string))
            analysis.Findings.Note("VPIO1029", site, null, "Unchecked");
        return new ReferenceValue(DeviceSet.Empty) { Unchecked = true };
    }

    private void MayThrow()
    {
        if (!_state.Ended)
            walk.Throw(_state.Clone());
    }

    private void ForgetFields(SyntaxNode site)
    {
        _state.Rewrite((slot, value) =>
        {
            if (slot is not MemberIdentity { Member: IFieldSymbol field } || !analysis.IsMutable(field))
                return value;
            return IsIdentifiable(field.Type) ? new ReferenceValue(DeviceSet.Of(new FreshIdentity((slot, site), $"{field.Name} after this call"))) : Value.Unknown;
        });
    }

    private void Recursion(IMethodSymbol target, SyntaxNode site)
    {
        if (SymbolEqualityComparer.Default.Equals(target.OriginalDefinition, frame.Member) && _state.Hold.Kind == HoldKind.Held && walk.Followed is { } followed)
            analysis.NoteRecursion(frame.Member, followed, _interrupted, site);
    }

    private static Location? LockLocation(IOperation operation) =>
        operation.IsImplicit && operation.Syntax.FirstAncestorOrSelf<LockStatementSyntax>() is { } statement ? statement.LockKeyword.GetLocation() : null;

    private static AwaitedResult? AwaitedType(ITypeSymbol? type) =>
        type is INamedTypeSymbol { Name: "Task" or "ValueTask", ContainingNamespace: { Name: "Tasks", ContainingNamespace.Name: "Threading" } } task
            ? new AwaitedResult(task.TypeArguments.FirstOrDefault()) : null;

    private sealed record AwaitedResult(ITypeSymbol? Result);

    /// <summary>Is one argument of a call.</summary>
    private sealed record Argument(IParameterSymbol? Parameter, Value Value, IOperation Operation, object? Slot);
}
