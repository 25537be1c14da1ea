using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Vpio.Analyzers.Contracts;

namespace Vpio.Analyzers.Flow;

/// <summary>Calls: of methods, operators and delegates.</summary>
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
        if (IsOfNullable(target) && receiver is not null && target.Name == "GetValueOrDefault" && arguments.Length == 0)
            return receiver is ConstantValue { Constant: null } ? DefaultOf(target.ReturnType, site) with { Origin = receiver.Origin } : receiver;
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

    private static bool IsOfNullable(ISymbol member) => member.ContainingType?.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T;

    private Value DefaultOf(ITypeSymbol type, SyntaxNode site) => type.SpecialType switch
    {
        SpecialType.System_Boolean => ConstantValue.Of(false),
        SpecialType.System_Int32 => new ConstantValue(0),
        _ => Opaque(site, null),
    };

    private static bool IsEquality(IMethodSymbol method) =>
        method.Name == "Equals" && method.ContainingType is { SpecialType: SpecialType.System_Boolean or SpecialType.System_Int32 or SpecialType.System_UInt32 or SpecialType.System_Enum };

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

    private Value Assume(Argument argument)
    {
        if (argument.Value is OpaqueValue opaque && _state.FactOf(opaque.Id) is null)
            Learn(opaque, !opaque.Negated);
        return Value.Unknown;
    }

    private Value Uncheck(Argument[] arguments, SyntaxNode site)
    {
        if (arguments.Length > 1 && arguments[1].Value is ConstantValue { Constant: var reason } && string.IsNullOrWhiteSpace(reason as string))
            analysis.Findings.Note(new Malformation(MalformationKind.NoReason, site.GetLocation(), "Unchecked"));
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
            (string name, ITypeSymbol? type) = slot switch
            {
                MemberIdentity { Member: IFieldSymbol field } when analysis.IsMutable(field) => (field.Name, field.Type),
                MemberIdentity { Member: IParameterSymbol parameter } when analysis.IsMutable(parameter) => (parameter.Name, parameter.Type),
                _ => ("", null),
            };
            if (type is null)
                return value;
            return IsIdentifiable(type) ? new ReferenceValue(DeviceSet.Of(new FreshIdentity((slot, site), $"{name} after this call"))) : Value.Unknown;
        });
    }

    private void Recursion(IMethodSymbol target, SyntaxNode site)
    {
        if (SymbolEqualityComparer.Default.Equals(target.OriginalDefinition, frame.Member) && _state.Hold.Kind == HoldKind.Held && walk.Followed is { } followed)
            analysis.NoteRecursion(frame.Member, followed, _state.Interrupted, site);
    }

    private static Location? LockLocation(IOperation operation) =>
        operation.IsImplicit && operation.Syntax.FirstAncestorOrSelf<LockStatementSyntax>() is { } statement ? statement.LockKeyword.GetLocation() : null;
}
