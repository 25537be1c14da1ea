using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Vpio.Analyzers.Contracts;

namespace Vpio.Analyzers.Flow;

/// <summary>Variables, fields, elements and assignments.</summary>
internal sealed partial class Evaluator
{
    private Value ReadVariable(ISymbol variable, IOperation operation)
    {
        ITypeSymbol? type = operation.Type;
        Value value = _state[variable] switch
        {
            null => Entry(variable, type, operation),
            UnknownValue unknown => Settle(variable, type, operation, unknown.Origin),
            var known => known,
        };
        if (value is DataValue { Stale: true } stale && _state.Hold.Kind == HoldKind.Held && walk.Followed is { } followed && stale.Devices.ConcernOf(followed) == Concern.Yes)
        {
            analysis.Findings.Note("VPIO1027", operation.Syntax, null, variable.Name, _state.Hold.Grabs.Sites.FirstOrDefault());
            _state.Set(variable, stale with { Stale = false });
        }

        return value;
    }

    // What a variable is of which no path knows more: the same value each time it is read, until it is written.
    private Value Entry(ISymbol variable, ITypeSymbol? type, IOperation operation)
    {
        if (analysis.IsHidden(variable))
            return new ReferenceValue(DeviceSet.Empty) { Unchecked = true };
        Value value = variable is IParameterSymbol || !SymbolEqualityComparer.Default.Equals(variable.ContainingSymbol, frame.Member)
            ? IsIdentifiable(type) ? new ReferenceValue(DeviceSet.Of(new VariableIdentity(variable))) : new OpaqueValue(variable)
            : Result(type, operation.Syntax, variable.Name);
        _state.Set(variable, value);
        return value;
    }

    private Value Settle(object slot, ITypeSymbol? type, IOperation operation, SyntaxNode? origin)
    {
        Value value = Result(type, operation.Syntax) with { Origin = origin };
        _state.Set(slot, value);
        return value;
    }

    private Value This => _state[Slots.This] ?? ThisValue;

    // What a primary constructor gets is a private field of the object to all other members.
    private Value ReadParameter(IParameterReferenceOperation operation)
    {
        if (!IsKept(operation.Parameter))
            return ReadVariable(operation.Parameter, operation);
        return Path(This, operation.Parameter) is { } path ? ReadPath(path, operation) : Result(operation.Type, operation.Syntax, operation.Parameter.Name);
    }

    private bool IsKept(IParameterSymbol parameter) =>
        !SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol, frame.Member) && DevicePath.IsOfPrimaryConstructor(parameter);

    private object? SlotOf(IParameterSymbol parameter) => IsKept(parameter) ? Path(This, parameter) : parameter;

    private Value ReadField(IFieldReferenceOperation operation)
    {
        Value? owner = operation.Instance is null ? null : Evaluate(operation.Instance);
        return ReadField(operation, owner);
    }

    private Value ReadField(IFieldReferenceOperation operation, Value? owner)
    {
        if (owner is ReferenceValue { Unchecked: true })
            return owner;
        if (owner is TupleValue { Elements: var elements } && PartOf(operation.Field) is { } part && part < elements.Length)
            return elements[part];
        if (owner is HandleValue handle && handle.SuccessMember == operation.Field.Name)
            return Success(handle, operation.Syntax);
        if (Path(owner, operation.Field) is not { } path)
            return (operation.Field.IsReadOnly && IsIdentifiable(operation.Type) ? Among(owner, operation.Field) : null) ?? Result(operation.Type, operation.Syntax, operation.Field.Name);
        return ReadPath(path, operation);
    }

    private Value ReadPath(MemberIdentity path, IOperation operation) => _state[path] switch
    {
        null => EntryOf(path, operation.Type),
        UnknownValue unknown => Settle(path, operation.Type, operation, unknown.Origin),
        var known => known,
    };

    private static int? PartOf(IFieldSymbol field) =>
        field.ContainingType.IsTupleType && (field.CorrespondingTupleField ?? field).Name is { } name && name.StartsWith("Item", StringComparison.Ordinal) && int.TryParse(name.Substring(4), out int number)
            ? number - 1 : null;

    // A tuple in a variable is known part by part, so a part that is written is another.
    private void StorePart(IOperation target, Value value)
    {
        if (target is IFieldReferenceOperation { Instance: { } instance, Field: var field } && SlotOf(instance) is { } slot && _state[slot] is TupleValue tuple && PartOf(field) is { } part && part < tuple.Elements.Length)
            _state.Set(slot, tuple with { Elements = tuple.Elements.SetItem(part, value) });
    }

    private Value EntryOf(MemberIdentity path, ITypeSymbol? type)
    {
        // Remembered, so that a call which may write the field makes it another.
        Value value = IsIdentifiable(type) ? new ReferenceValue(DeviceSet.Of(path)) : new OpaqueValue(path);
        if (value is OpaqueValue || path.Member is IFieldSymbol { IsReadOnly: false } or IParameterSymbol)
            _state.Set(path, value);
        return value;
    }

    private static MemberIdentity? Path(Value? owner, ISymbol member) => owner switch
    {
        null => new MemberIdentity(null, member),
        ReferenceValue { Devices.Single: { } single } => new MemberIdentity(single, member),
        _ => null,
    };

    // The same member of one of several, each of which is still what it was at first.
    private ReferenceValue? Among(Value? owner, ISymbol member)
    {
        if (owner is not ReferenceValue { Devices: { Alternatives: true } several })
            return null;
        DeviceSet members = Map(several, member);
        return members.Devices.All(d => _state[d] is null) ? new ReferenceValue(members) : null;
    }

    private Value ReadElement(IArrayElementReferenceOperation operation)
    {
        Value array = Evaluate(operation.ArrayReference);
        Value[] keys = operation.Indices.Select(Evaluate).ToArray();
        return Element(array, keys, operation.Indices, operation);
    }

    private Value Element(Value owner, Value[] keys, ImmutableArray<IOperation> written, IOperation operation)
    {
        if (owner is not ReferenceValue { Devices.Single: { } single } || keys.Length != 1 || KeyOf(keys[0], written[0]) is not { } key)
            return Result(operation.Type, operation.Syntax);
        ElementIdentity path = new(single, key, written[0].Syntax.ToString());
        return _state[path] ?? (IsIdentifiable(operation.Type) ? new ReferenceValue(DeviceSet.Of(path)) : Value.Unknown);
    }

    private object? KeyOf(Value key, IOperation written)
    {
        if (Unwrap(written) is IUnaryOperation { OperatorKind: UnaryOperatorKind.Hat, Operand.ConstantValue: { HasValue: true, Value: { } fromEnd } })
            return ("^", fromEnd);
        switch (key)
        {
            case ConstantValue { Constant: { } constant }: return constant;
            case OpaqueValue { Negated: false } opaque: return opaque.Id;
            case ReferenceValue { Devices.Single: { } single }: return single;
        }

        // A variable that nothing is known of any more, as the counter of a loop: from here on it is the same until it is written.
        ISymbol? variable = Unwrap(written) switch
        {
            ILocalReferenceOperation local => local.Local,
            IParameterReferenceOperation parameter => parameter.Parameter,
            _ => null,
        };
        if (variable is null)
            return null;
        Renew(written.Syntax);
        _state.Set(variable, new OpaqueValue(written.Syntax));
        return written.Syntax;
    }

    // The result of one execution of an expression: the same value wherever it goes, another one the next time.
    private Value Result(ITypeSymbol? type, SyntaxNode source, string? text = null)
    {
        if (!IsIdentifiable(type))
            return Opaque(source, null);
        Renew(source);
        return new ReferenceValue(DeviceSet.Of(new FreshIdentity(source, text)));
    }

    private OpaqueValue Opaque(object source, SyntaxNode? origin)
    {
        Renew(source);
        return new OpaqueValue(source) { Origin = origin };
    }

    // A value is made anew by the same expression: what was known of the one before is void, and a hold that only it led to is lost.
    private void Renew(object source)
    {
        _state.Renew(source);
        if (walk.Followed?.DependsOn(source) != true)
            return;
        if (_state.Hold.IsOwn)
        {
            foreach (SyntaxNode site in _state.Hold.Grabs.Sites)
                analysis.Findings.EndsOf(site, walk.Followed).SomeHeld = true;
        }

        SetHold(Hold.None);
    }

    private Value Assign(ISimpleAssignmentOperation operation)
    {
        IOperation target = Unwrap(operation.Target);
        if (target is IPropertyReferenceOperation property && !operation.IsRef)
            return AssignProperty(property, operation);
        object? slot = PrepareTarget(target);
        Value value = Evaluate(operation.Value);
        if (_state.Ended)
            return value;
        Copy(operation.Value, operation.IsRef);
        Store(target, slot, value, Unwrap(operation.Value).Syntax);
        return value;
    }

    // The receiver and the indexes run before the value, and the access itself after it.
    private Value AssignProperty(IPropertyReferenceOperation target, ISimpleAssignmentOperation operation)
    {
        Value? receiver = target.Instance is null ? null : Evaluate(target.Instance);
        Argument[] arguments = target.Arguments.Select(EvaluateArgument).ToArray();
        Value value = Evaluate(operation.Value);
        if (_state.Ended)
            return value;
        Copy(operation.Value, isRef: false);
        AccessProperty(target, receiver, arguments);
        Store(target, null, value, Unwrap(operation.Value).Syntax);
        return value;
    }

    // The parts of a target run before the value; a property or element then is an access of its own.
    private object? PrepareTarget(IOperation target)
    {
        switch (target)
        {
            case ILocalReferenceOperation local: return local.Local;
            case IParameterReferenceOperation parameter: return SlotOf(parameter.Parameter);
            case IFieldReferenceOperation field:
                return Path(field.Instance is null ? null : Evaluate(field.Instance), field.Field);
            case IFlowCaptureReferenceOperation capture: return capture.Id;
            case IDeclarationExpressionOperation declaration: return PrepareTarget(declaration.Expression);
            case IDiscardOperation: return null;
            case IArrayElementReferenceOperation element:
                return (ReadElement(element) as ReferenceValue)?.Devices.Single;
            default:
                Evaluate(target);
                return null;
        }
    }

    private void Store(IOperation target, object? slot, Value value, SyntaxNode written)
    {
        bool leaves = target is IFieldReferenceOperation or IPropertyReferenceOperation or IArrayElementReferenceOperation or IEventReferenceOperation ||
            target is IParameterReferenceOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out };
        if (leaves)
        {
            if (value is not HandleValue || target is not IFieldReferenceOperation { Field: var kept } || !analysis.Contracts.Has(kept, "Owns"))
                NoteTested(value);
            EscapeOf(value, written);
            Publish(value);
            if (value is CodeValue code)
                Escape(code);
            if (value is HandleValue handle && target is IFieldReferenceOperation field && analysis.Contracts.Has(field.Field, "Owns"))
                GiveAway(handle);
        }

        if (slot is not null)
            _state.Set(slot, value);
        else
            StorePart(target, value);
    }

    private Value CompoundAssign(ICompoundAssignmentOperation operation)
    {
        Value before = Evaluate(operation.Target);
        Value by = Evaluate(operation.Value);
        Value value = operation.OperatorMethod is { } method ? CallOperator(method, operation.Syntax, [(method.Parameters[0], before, operation.Target), (method.Parameters[1], by, operation.Value)])
            : before is DataValue || IsPointerView(before, operation) ? before : by is DataValue ? by : Opaque(operation.Syntax, null);
        if (operation.OperatorMethod is null && operation.Target.Type?.SpecialType == SpecialType.System_Boolean)
            value = Logical(before, by, operation.OperatorKind, operation.Syntax);
        if (SlotOf(operation.Target) is { } slot)
            _state.Set(slot, value);
        else
            StorePart(Unwrap(operation.Target), value);
        return value;
    }

    private Value Increment(IIncrementOrDecrementOperation operation)
    {
        Value before = Evaluate(operation.Target);
        Value value = operation.OperatorMethod is { Parameters.Length: 1 } method ? CallOperator(method, operation.Syntax, [(method.Parameters[0], before, operation.Target)])
            : before is DataValue || IsPointerView(before, operation) ? before
            : Opaque(operation.Syntax, null);
        if (SlotOf(operation.Target) is { } slot)
            _state.Set(slot, value);
        else
            StorePart(Unwrap(operation.Target), value);
        return operation.IsPostfix ? before : value;
    }

    // A pointer that is moved still points into the device.
    private static bool IsPointerView(Value value, IOperation operation) => value is ViewValue && operation.Type?.TypeKind == TypeKind.Pointer;

    private object? SlotOf(IOperation target) => Unwrap(target) switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => SlotOf(parameter.Parameter),
        IFlowCaptureReferenceOperation capture => capture.Id,
        IFieldReferenceOperation { Instance: IInstanceReferenceOperation } field => Path(This, field.Field),
        IFieldReferenceOperation { Instance: null } field => new MemberIdentity(null, field.Field),
        _ => null,
    };

    private Value Deconstruct(IDeconstructionAssignmentOperation operation)
    {
        Value value = Evaluate(operation.Value);
        Spread(operation.Target, value, operation.Value.Syntax);
        return value;
    }

    private void Spread(IOperation target, Value value, SyntaxNode written)
    {
        switch (Unwrap(target))
        {
            case IDeclarationExpressionOperation declaration:
                Spread(declaration.Expression, value, written);
                break;
            case ITupleOperation tuple:
                for (int i = 0; i < tuple.Elements.Length; i++)
                {
                    Value element = value is TupleValue { Elements: var elements } && i < elements.Length ? elements[i] : Value.Unknown;
                    Spread(tuple.Elements[i], element, written);
                }

                break;
            case var single:
                Store(single, PrepareTarget(single), value, written);
                break;
        }
    }

    private bool IsIdentifiable(ITypeSymbol? type) => type switch
    {
        null => false,
        { TypeKind: TypeKind.Delegate or TypeKind.Enum or TypeKind.Pointer } => false,
        { SpecialType: SpecialType.System_String } => false,
        { IsReferenceType: true } => true,
        { TypeKind: TypeKind.TypeParameter } => true,
        { TypeKind: TypeKind.Struct, SpecialType: SpecialType.None } => type.OriginalDefinition.SpecialType != SpecialType.System_Nullable_T,
        _ => false,
    };

    private void Copy(IOperation value, bool isRef)
    {
        if (isRef || value.Type is not { IsValueType: true } type || !analysis.Contracts.TraitsOf(type).NonCopyable || value.IsImplicit)
            return;
        IOperation source = Unwrap(value);
        if (source is ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation or IArrayElementReferenceOperation && !source.IsImplicit)
            analysis.Findings.Note("VPIO1016", source.Syntax, null, type.Name);
    }
}
