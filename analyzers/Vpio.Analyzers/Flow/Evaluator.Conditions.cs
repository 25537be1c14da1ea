using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Vpio.Analyzers.Flow;

/// <summary>What answers prove: comparisons, patterns, null tests, branches.</summary>
internal sealed partial class Evaluator
{
    /// <summary>Takes one side of a branch, and learns what that side proves.</summary>
    public bool Decide(Value value, IOperation condition)
    {
        if (!IsOfUsing(condition))
            NoteTested(value);
        switch (value)
        {
            case ConstantValue { Constant: bool known }:
                return known;
            case OtherValue { Excluded: bool never }:
                return !never;
            case OpaqueValue opaque:
                bool? fact = _state.FactOf(opaque.Id);
                bool truth = fact ?? _choices.Take(2) == 0;
                if (fact is null)
                    Learn(opaque, truth);
                return truth != opaque.Negated;
            default:
                bool answer = _choices.Take(2) == 0;
                if (SlotOf(condition) is { } slot)
                    _state.Set(slot, ConstantValue.Of(answer) with { Origin = value.Origin });
                return answer;
        }
    }

    // The null test that `using` brings along asks nothing for the author.
    private static bool IsOfUsing(IOperation condition) =>
        condition is IIsNullOperation { IsImplicit: true } && condition.Syntax.Parent is not (ConditionalAccessExpressionSyntax or BinaryExpressionSyntax or AssignmentExpressionSyntax);

    private void Learn(OpaqueValue opaque, bool truth)
    {
        _state.Learn(opaque.Id, truth);
        if (opaque.Meaning is not { } meaning || walk.Followed is not { } followed || !_state.IsValid(opaque.Id) || meaning.Devices.ConcernOf(followed) != Concern.Yes)
            return;
        bool says = truth == meaning.When;
        switch (meaning.Kind)
        {
            case MeaningKind.Proof:
                Prove(says);
                break;
            case MeaningKind.Stop when says && _state.Hold.Kind == HoldKind.Held:
                _state.Hold = _state.Hold with { StopKnown = true, AtEntry = false };
                break;
            case MeaningKind.Stop when _state.Hold is { Kind: HoldKind.Held, StopKnown: true }:
                // A stop is never taken back within an ownership.
                _state.Ended = true;
                break;
            case MeaningKind.Hint when _state.Hold.Kind is HoldKind.NotHeld:
                _state.Hold = _state.Hold with { Hint = truth, AtEntry = false };
                break;
        }
    }

    private void Prove(bool held)
    {
        Hold hold = _state.Hold;
        if (held)
        {
            _state.Hold = hold.Kind switch
            {
                HoldKind.Held => hold with { MaybeLost = false },
                HoldKind.Private or HoldKind.Silent => hold,
                _ => new Hold(HoldKind.Held) { Origin = HoldOrigin.Asserted, AtEntry = false },
            };
        }
        else if (hold is { Kind: HoldKind.Held, MaybeLost: true })
        {
            _state.Hold = new Hold(HoldKind.Lost) { Grabs = new Grabs(hold.Grabs.Sites.Clear()) { Cause = hold.Grabs.Cause }, Dropped = hold.Dropped };
        }
        else if (hold.Kind == HoldKind.Held && hold.Origin != HoldOrigin.Contract)
        {
            _state.Ended = true;
        }
    }

    private Value Unary(IUnaryOperation operation)
    {
        Value operand = Evaluate(operation.Operand);
        if (operation.OperatorMethod is { } method)
            return CallOperator(method, operation.Syntax, [(method.Parameters[0], operand, operation.Operand)]);
        if (operation.OperatorKind != UnaryOperatorKind.Not)
            return operand is DataValue ? operand : Opaque(operation.Syntax, operand.Origin);
        return operand switch
        {
            ConstantValue { Constant: bool truth } => new ConstantValue(!truth) { Origin = operand.Origin },
            OtherValue { Excluded: bool never } => ConstantValue.Of(never) with { Origin = operand.Origin },
            OpaqueValue opaque => opaque with { Negated = !opaque.Negated },
            _ => NegationOf(operation.Operand, operand),
        };
    }

    // An answer of which nothing is known any more: from here on it is the same, so that its opposite is told apart from it.
    private Value NegationOf(IOperation operand, Value value)
    {
        OpaqueValue opaque = Opaque(operand.Syntax, value.Origin);
        if (SlotOf(operand) is { } slot)
            _state.Set(slot, opaque);
        return opaque with { Negated = true };
    }

    private Value Binary(IBinaryOperation operation)
    {
        Value left = Evaluate(operation.LeftOperand);
        Value right = Evaluate(operation.RightOperand);
        if (operation.OperatorMethod is { Parameters.Length: 2 } method && !IsBuiltInEquality(method))
            return CallOperator(method, operation.Syntax, [(method.Parameters[0], left, operation.LeftOperand), (method.Parameters[1], right, operation.RightOperand)]);
        return operation.OperatorKind switch
        {
            BinaryOperatorKind.Equals => EqualTo(left, right, operation),
            BinaryOperatorKind.NotEquals => Not(EqualTo(left, right, operation)),
            BinaryOperatorKind.And or BinaryOperatorKind.Or or BinaryOperatorKind.ExclusiveOr when operation.Type?.SpecialType == SpecialType.System_Boolean => Logical(left, right, operation.OperatorKind, operation.Syntax),
            _ when left is ConstantValue { Constant: IConvertible } l && right is ConstantValue { Constant: IConvertible } r && Ordered(operation.OperatorKind, l, r) is { } ordered => ordered,
            _ when left is OtherValue other && right is ConstantValue bound && SidesOf(other, operation.OperatorKind, bound.Constant) is { } side => side,
            _ when IsPointerView(left, operation) => left,
            _ when left is DataValue => left,
            _ when right is DataValue => right,
            _ when left is OpaqueValue { Negated: false } l && right is ConstantValue c => new OpaqueValue(new Comparison(operation.OperatorKind, l.Id, c.Constant)) { Origin = left.Origin },
            _ => Opaque(operation.Syntax, left.Origin ?? right.Origin),
        };
    }

    private static bool IsBuiltInEquality(IMethodSymbol method) => method.ContainingType.SpecialType is SpecialType.System_String or SpecialType.System_Object;

    private Value Logical(Value left, Value right, BinaryOperatorKind kind, SyntaxNode place)
    {
        SyntaxNode? origin = left.Origin ?? right.Origin;
        if (left is ConstantValue { Constant: bool l } && right is ConstantValue { Constant: bool r })
        {
            bool truth = kind switch { BinaryOperatorKind.And => l & r, BinaryOperatorKind.Or => l | r, _ => l ^ r };
            return ConstantValue.Of(truth) with { Origin = origin };
        }

        if (kind != BinaryOperatorKind.ExclusiveOr)
        {
            bool neutral = kind == BinaryOperatorKind.And;
            if (left is ConstantValue { Constant: bool a })
                return (a == neutral ? right : left) with { Origin = origin };
            if (right is ConstantValue { Constant: bool b })
                return (b == neutral ? left : right) with { Origin = origin };
        }

        return Opaque(place, origin);
    }

    private Value EqualTo(Value left, Value right, IOperation operation)
    {
        if (left is ConstantValue && right is not ConstantValue)
            (left, right) = (right, left);
        SyntaxNode? origin = left.Origin ?? right.Origin;
        if (right is not ConstantValue { Constant: var constant })
            return Opaque(operation.Syntax, origin);
        if (constant is bool wanted && left is OpaqueValue opaque)
            return wanted ? opaque : opaque with { Negated = !opaque.Negated };
        return left switch
        {
            ConstantValue { Constant: var other } => ConstantValue.Of(SameConstant(constant, other)) with { Origin = origin },
            OtherValue { Excluded: var excluded } when SameConstant(constant, excluded) => ConstantValue.Of(false) with { Origin = origin },
            HandleValue or ViewValue or CodeValue when constant is null => Nullness(left, operation.Syntax),
            OpaqueValue { Negated: false } asked => new OpaqueValue(new Comparison(BinaryOperatorKind.Equals, asked.Id, constant)) { Origin = origin },
            ReferenceValue { Devices.Single: { } single } when constant is null => new OpaqueValue(new Comparison(BinaryOperatorKind.Equals, single, null)),
            _ => Opaque(operation.Syntax, origin),
        };
    }

    private static bool SameConstant(object? a, object? b) =>
        Equals(a, b) || (a is IConvertible x && b is IConvertible y && a is not string && b is not string && a is not bool && b is not bool && AsDecimal(x) is { } p && p == AsDecimal(y));

    private static ConstantValue? Ordered(BinaryOperatorKind comparison, ConstantValue left, ConstantValue right)
    {
        if (left.Constant is string or bool || right.Constant is string or bool || AsDecimal((IConvertible)left.Constant!) is not { } l || AsDecimal((IConvertible)right.Constant!) is not { } r)
            return null;
        bool? truth = comparison switch
        {
            BinaryOperatorKind.LessThan => l < r,
            BinaryOperatorKind.LessThanOrEqual => l <= r,
            BinaryOperatorKind.GreaterThan => l > r,
            BinaryOperatorKind.GreaterThanOrEqual => l >= r,
            _ => null,
        };
        return truth is null ? null : ConstantValue.Of(truth.Value) with { Origin = left.Origin ?? right.Origin };
    }

    private static decimal? AsDecimal(IConvertible value)
    {
        try
        {
            return value.ToDecimal(System.Globalization.CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is OverflowException or FormatException or InvalidCastException)
        {
            return null;
        }
    }

    private Value Nullness(Value value, SyntaxNode place) => value.MaybeNull
        ? Opaque(place, value.Origin)
        : ConstantValue.Of(false) with { Origin = value.Origin };

    private static Value Not(Value value) => value switch
    {
        ConstantValue { Constant: bool truth } => new ConstantValue(!truth) { Origin = value.Origin },
        OpaqueValue opaque => opaque with { Negated = !opaque.Negated },
        _ => value,
    };

    private Value IsNull(IIsNullOperation operation)
    {
        Value operand = Evaluate(operation.Operand);
        return operand switch
        {
            ConstantValue { Constant: var constant } => ConstantValue.Of(constant is null) with { Origin = operand.Origin },
            HandleValue or ViewValue or CodeValue => Nullness(operand, operation.Syntax),
            ReferenceValue { Devices.Single: { } single } => new OpaqueValue(new Comparison(BinaryOperatorKind.Equals, single, null)),
            _ => Opaque(operation.Syntax, operand.Origin),
        };
    }

    private Value IsType(IIsTypeOperation operation) => IsOfType(Evaluate(operation.ValueOperand), operation.ValueOperand.Type, operation.TypeOperand, operation.Syntax);

    private Value Convert(IConversionOperation operation)
    {
        Value value = Evaluate(operation.Operand);
        if (operation.OperatorMethod is { } method)
            return CallOperator(method, operation.Syntax, [(method.Parameters[0], value, operation.Operand)]);
        return value;
    }

    private void NoteTested(Value value)
    {
        if (value.Origin is { } origin)
            analysis.Findings.Tested.Add(origin);
        if (value is TupleValue tuple)
        {
            foreach (Value element in tuple.Elements)
                NoteTested(element);
        }
    }
}
