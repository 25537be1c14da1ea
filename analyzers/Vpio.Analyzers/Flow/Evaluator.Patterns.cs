using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Vpio.Analyzers.Flow;

/// <summary>What patterns say of the values that they are held against.</summary>
internal sealed partial class Evaluator
{
    private Value MatchPattern(IIsPatternOperation operation) => Match(operation.Pattern, Evaluate(operation.Value));

    private Value Match(IPatternOperation pattern, Value value)
    {
        switch (pattern)
        {
            case IConstantPatternOperation constant:
                return EqualTo(value, new ConstantValue(constant.Value.ConstantValue.HasValue ? constant.Value.ConstantValue.Value : this), constant);
            case IRelationalPatternOperation relational:
                return Compared(relational, value);
            case INegatedPatternOperation negated:
                return Not(Match(negated.Pattern, value));
            case IDiscardPatternOperation:
                return ConstantValue.Of(true);
            case IDeclarationPatternOperation declaration:
                if (declaration.DeclaredSymbol is { } symbol)
                    _state.Set(symbol, value);
                return IsThere(value, pattern.Syntax, declaration.MatchesNull);
            case ITypePatternOperation type:
                return IsOfType(value, type.InputType, type.MatchedType, pattern.Syntax);
            case IRecursivePatternOperation recursive:
                return MatchParts(recursive, value);
            case IBinaryPatternOperation binary:
                Value left = Match(binary.LeftPattern, value);
                Value right = Match(binary.RightPattern, value);
                return binary.OperatorKind == BinaryOperatorKind.Or
                    ? Not(Both(Not(left), Not(right), pattern.Syntax, value.Origin))
                    : Both(left, right, pattern.Syntax, value.Origin);
            default:
                Children(pattern);
                return Opaque(pattern.Syntax, value.Origin);
        }
    }

    private Value Compared(IRelationalPatternOperation pattern, Value value) => (value, pattern.Value.ConstantValue) switch
    {
        (ConstantValue { Constant: IConvertible constant }, { HasValue: true, Value: IConvertible bound }) when Ordered(pattern.OperatorKind, new ConstantValue(constant), new ConstantValue(bound)) is { } ordered => ordered with { Origin = value.Origin },
        (OpaqueValue { Negated: false } asked, { HasValue: true, Value: var bound }) => new OpaqueValue(new Comparison(pattern.OperatorKind, asked.Id, bound)) { Origin = value.Origin },
        (OtherValue other, { HasValue: true, Value: var bound }) when SidesOf(other, pattern.OperatorKind, bound) is { } side => side,
        _ => Opaque(pattern.Syntax, value.Origin),
    };

    // What is not zero is less or greater: the one answer gives the other.
    private static OpaqueValue? SidesOf(OtherValue value, BinaryOperatorKind kind, object? bound) => value.Origin is not { } origin || !SameConstant(value.Excluded, bound)
        ? null
        : kind switch
        {
            BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual => new OpaqueValue(new Comparison(BinaryOperatorKind.LessThan, origin, bound)) { Origin = origin },
            BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual => new OpaqueValue(new Comparison(BinaryOperatorKind.LessThan, origin, bound), Negated: true) { Origin = origin },
            _ => null,
        };

    private Value MatchParts(IRecursivePatternOperation pattern, Value value)
    {
        if (pattern.DeclaredSymbol is { } declared)
            _state.Set(declared, value);
        bool isTuple = value is TupleValue;
        Value all = isTuple || pattern.InputType is { IsValueType: true, OriginalDefinition.SpecialType: not SpecialType.System_Nullable_T }
            ? ConstantValue.Of(true)
            : IsThere(value, pattern.Syntax, matchesNull: false);
        for (int i = 0; i < pattern.DeconstructionSubpatterns.Length; i++)
        {
            Value part = value is TupleValue { Elements: var elements } && i < elements.Length ? elements[i] : Value.Unknown;
            if (pattern.DeconstructionSubpatterns[i] is not IDiscardPatternOperation)
                NoteTested(part);
            all = Both(all, Match(pattern.DeconstructionSubpatterns[i], part), pattern.DeconstructionSubpatterns[i].Syntax, value.Origin);
        }

        foreach (IPropertySubpatternOperation part in pattern.PropertySubpatterns)
        {
            if (all is ConstantValue { Constant: false })
                break;
            Value member = part.Member switch
            {
                IPropertyReferenceOperation property => AccessProperty(property, value, []),
                IFieldReferenceOperation field => ReadField(field, value),
                _ => Value.Unknown,
            };
            all = Both(all, Match(part.Pattern, member), part.Syntax, value.Origin ?? member.Origin);
        }

        return all;
    }

    private Value Both(Value left, Value right, SyntaxNode place, SyntaxNode? origin) => (left, right) switch
    {
        (ConstantValue { Constant: false }, _) => left with { Origin = left.Origin ?? origin },
        (_, ConstantValue { Constant: false }) => right with { Origin = right.Origin ?? origin },
        (ConstantValue { Constant: true }, _) => right with { Origin = right.Origin ?? origin },
        (_, ConstantValue { Constant: true }) => left with { Origin = left.Origin ?? origin },
        (OpaqueValue { Id: var asked } l, OpaqueValue r) when asked.Equals(r.Id) => l.Negated == r.Negated ? l : ConstantValue.Of(false) with { Origin = origin },
        _ => Opaque(place, origin),
    };

    // A handle is of the type that it was declared with; whether anything else is of a type is not known.
    private Value IsOfType(Value value, ITypeSymbol? declared, ITypeSymbol wanted, SyntaxNode place) =>
        SymbolEqualityComparer.Default.Equals(declared, wanted) || value is ConstantValue { Constant: null }
            ? IsThere(value, place, matchesNull: false)
            : Opaque(place, value.Origin);

    private Value IsThere(Value value, SyntaxNode place, bool matchesNull) => value switch
    {
        _ when matchesNull => ConstantValue.Of(true),
        ConstantValue { Constant: null } => ConstantValue.Of(false) with { Origin = value.Origin },
        HandleValue or ViewValue or CodeValue => Not(Nullness(value, place)),
        _ => Opaque(place, value.Origin),
    };
}
