using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Vpio.Analyzers.Layout;
using Vpio.Analyzers.Rules;

namespace Vpio.Analyzers.SharedMemory;

/// <summary>Checks that words with a format are made by its members, and not bit by bit: VPIO2009.</summary>
internal sealed class WordBuilding(MemoryMarks marks, Places places, Action<Diagnostic> report)
{
    /// <summary>Checks one operation.</summary>
    public void Check(IOperation operation)
    {
        switch (operation)
        {
            case IObjectCreationOperation { Arguments: { Length: 1 } arguments, Constructor: { } constructor }: Made(arguments[0].Value, constructor); break;
            case IConversionOperation { OperatorMethod: { Parameters.Length: 1 } conversion } from: Made(from.Operand, conversion); break;
            case IInvocationOperation call: OfCall(call); break;
            case ISimpleAssignmentOperation assignment when FormatOf(assignment.Target) is { } format: Built(assignment.Value, format); break;
            case ICompoundAssignmentOperation step when FormatOf(step.Target) is { } format: Changed(step, step.Target, format); break;
            case IIncrementOrDecrementOperation step when FormatOf(step.Target) is { } format: Changed(step, step.Target, format); break;
        }
    }

    // A number as wide as the word is the word; a narrower one is a part of it.
    private void Made(IOperation value, IMethodSymbol maker)
    {
        if (marks.Has(maker.ContainingType, Mark.WordFormat) && IsWhole(maker.Parameters[0].Type, maker.ContainingType))
            Built(value, maker.ContainingType);
    }

    // A word in a private copy, or the number within the format itself.
    private ITypeSymbol? FormatOf(IOperation target) => target switch
    {
        IFieldReferenceOperation field when marks.Has(field.Field, Mark.SharedWord) && Places.IsPrivate(field.Instance) => marks.FormatOf(field.Field),
        IMemberReferenceOperation { Member.ContainingType: { } format, Type: { } type } when marks.Has(format, Mark.WordFormat) && IsWhole(type, format) => format,
        _ => null,
    };

    private void OfCall(IInvocationOperation call)
    {
        if (call.TargetMethod is { Name: "BitCast", ContainingType.Name: "Unsafe", TypeArguments: { Length: 2 } types } && marks.Has(types[1], Mark.WordFormat))
            Built(call.Arguments[0].Value, types[1]);
        foreach (IArgumentOperation argument in call.Arguments)
        {
            if (argument.Parameter is { RefKind: not RefKind.None } && places.Marked(argument.Value, Mark.SharedWord) is { } word && marks.FormatOf(word) is { } format)
                OnWord(call, argument, format);
        }
    }

    private void OnWord(IInvocationOperation call, IArgumentOperation word, ITypeSymbol format)
    {
        if (Places.IsAtomic(call.TargetMethod) && call.TargetMethod.Name is "Or" or "And" or "Add" or "Increment" or "Decrement")
            Changed(call, word.Value, format);
        else if (!Places.HandsOn(call.TargetMethod))
        {
            foreach (IArgumentOperation value in call.Arguments.Where(a => a != word && a.Parameter is { RefKind: RefKind.None, Name: "value" or "newValue" or "desired" } && IsNumber(a.Value.Type)))
                Built(value.Value, format);
        }
    }

    private void Changed(IOperation change, IOperation word, ITypeSymbol format)
    {
        if (!IsWithin(change, format))
            report(Diagnostic.Create(StateWordByHand.Rule, change.Syntax.GetLocation(), $"'{word.Syntax}' is changed bit by bit: make the whole word by a member of '{format.Name}', and exchange it"));
    }

    private void Built(IOperation value, ITypeSymbol format)
    {
        if (!IsWithin(value, format) && IsByHand(value, format, 0))
            report(Diagnostic.Create(StateWordByHand.Rule, value.Syntax.GetLocation(), ImmutableDictionary<string, string?>.Empty.Add("format", MetadataNameOf(format)), $"'{value.Syntax}' builds a word of '{format.Name}' by hand: make it by a member of '{format.Name}'"));
    }

    private static string MetadataNameOf(ITypeSymbol type) =>
        type.ContainingType is { } outer ? $"{MetadataNameOf(outer)}+{type.MetadataName}"
        : type.ContainingNamespace is { IsGlobalNamespace: false } space ? $"{space.ToDisplayString()}.{type.MetadataName}"
        : type.MetadataName;

    // The format itself is where the bits are known.
    private static bool IsWithin(IOperation operation, ITypeSymbol format)
    {
        for (ISymbol? symbol = operation.SemanticModel?.GetEnclosingSymbol(operation.Syntax.SpanStart); symbol is not null; symbol = symbol.ContainingSymbol)
        {
            if (SymbolEqualityComparer.Default.Equals(symbol, format))
                return true;
        }

        return false;
    }

    private static bool IsByHand(IOperation value, ITypeSymbol format, int depth) => depth < 8 && value switch
    {
        IConversionOperation { OperatorMethod: null } conversion => IsByHand(conversion.Operand, format, depth + 1),
        IParenthesizedOperation inner => IsByHand(inner.Operand, format, depth + 1),
        IFieldReferenceOperation field => field.ConstantValue.HasValue && !SymbolEqualityComparer.Default.Equals(field.Field.ContainingType, format),
        IBinaryOperation { OperatorMethod: null } or IUnaryOperation { OperatorMethod: null } or ILiteralOperation or IDefaultValueOperation => true,
        IConditionalOperation either => IsByHand(either.WhenTrue, format, depth + 1) || (either.WhenFalse is { } other && IsByHand(other, format, depth + 1)),
        ISwitchExpressionOperation choice => choice.Arms.Any(a => IsByHand(a.Value, format, depth + 1)),
        ILocalReferenceOperation { Local.IsRef: false } local => Places.InitializerOf(local) is { } first && IsByHand(first, format, depth + 1),
        _ => false,
    };

    private static bool IsWhole(ITypeSymbol type, INamedTypeSymbol format)
    {
        IEnumerable<ITypeSymbol> numbers = TypeLayout.InstanceFields(format).Select(f => f.Type).Concat(format.GetMembers("Value").OfType<IPropertySymbol>().Select(p => p.Type)).Where(IsNumber);
        return IsNumber(type) && TypeLayout.Of(type)?.SizeBytes == numbers.Select(n => TypeLayout.Of(n)?.SizeBytes).DefaultIfEmpty().Max();
    }

    private static bool IsNumber(ITypeSymbol? type) => type?.SpecialType is >= SpecialType.System_SByte and <= SpecialType.System_UInt64;
}
