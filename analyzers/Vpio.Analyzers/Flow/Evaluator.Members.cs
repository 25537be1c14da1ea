using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Vpio.Analyzers.Contracts;
using Vpio.Analyzers.Knowledge;

namespace Vpio.Analyzers.Flow;

/// <summary>Properties, events, and objects as they are made.</summary>
internal sealed partial class Evaluator
{
    private Value AccessProperty(IPropertyReferenceOperation operation)
    {
        Value? receiver = operation.Instance is null ? null : Evaluate(operation.Instance);
        Argument[] arguments = operation.Arguments.Select(EvaluateArgument).ToArray();
        return AccessProperty(operation, receiver, arguments);
    }

    private Value AccessProperty(IPropertyReferenceOperation operation, Value? receiver, Argument[] arguments)
    {
        if (_state.Ended)
            return Value.Unknown;
        if (receiver is ReferenceValue { Unchecked: true })
            return new ReferenceValue(DeviceSet.Empty);
        SyntaxNode site = Written(operation.Syntax);
        IPropertySymbol property = operation.Property;
        if (IsOfNullable(property) && receiver is ConstantValue or OtherValue or OpaqueValue)
            return property.Name == "Value" ? receiver : receiver is ConstantValue { Constant: var held } ? ConstantValue.Of(held is not null) with { Origin = receiver.Origin } : Opaque(site, receiver.Origin);
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
        if (!IsIdentifiable(operation.Type))
            return Result(operation.Type, operation.Syntax, property.Name);
        if (Path(receiver, property) is { } path)
            return _state[path] ?? new ReferenceValue(DeviceSet.Of(path));
        return Among(receiver, property) ?? Result(operation.Type, operation.Syntax, property.Name);
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
}
