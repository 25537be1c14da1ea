using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Vpio.Analyzers.SharedMemory;

/// <summary>Tells whether code uses only some bits of a value.</summary>
internal static class Narrowing
{
    /// <summary>Gets the operation that cuts a value to some of its bits, or null when all of them are used.</summary>
    /// <param name="value">The value, as it was read.</param>
    public static IOperation? Of(IOperation value) => Of(value, BitsOf(value.Type)) ?? InVariable(value);

    private static IOperation? Of(IOperation value, int bits) => value.Parent switch
    {
        IConversionOperation { IsChecked: false } conversion when BitsOf(conversion.Type) is > 0 and var to => to < bits ? conversion : Of(conversion, bits),
        IUnaryOperation { OperatorKind: UnaryOperatorKind.BitwiseNegation or UnaryOperatorKind.Plus or UnaryOperatorKind.Minus } unary => Of(unary, bits),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.And or BinaryOperatorKind.RightShift or BinaryOperatorKind.UnsignedRightShift } binary when binary.LeftOperand == value || binary.OperatorKind == BinaryOperatorKind.And => binary,
        _ => null,
    };

    // A variable that is used whole somewhere is loaded whole.
    private static IOperation? InVariable(IOperation value)
    {
        if (VariableOf(value) is not { } variable)
            return null;
        IOperation[] cuts = [];
        foreach (ILocalReferenceOperation use in UsesOf(variable, value))
        {
            if (Of(use, BitsOf(value.Type)) is not { } cut)
                return null;
            cuts = cuts.Length == 0 ? [cut] : cuts;
        }

        return cuts.FirstOrDefault();
    }

    private static ILocalSymbol? VariableOf(IOperation value)
    {
        IOperation kept = value;
        while (kept.Parent is IConversionOperation conversion)
            kept = conversion;
        return kept.Parent switch
        {
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol.IsRef: false } declarator } => declarator.Symbol,
            ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local.IsRef: false } local } => local.Local,
            _ => null,
        };
    }

    private static IEnumerable<ILocalReferenceOperation> UsesOf(ILocalSymbol variable, IOperation value)
    {
        IOperation body = value;
        while (body.Parent is { } outer)
            body = outer;
        return body.Descendants().OfType<ILocalReferenceOperation>().Where(l => SymbolEqualityComparer.Default.Equals(l.Local, variable) && !(l.Parent is ISimpleAssignmentOperation assignment && assignment.Target == l));
    }

    private static int BitsOf(ITypeSymbol? type) => (type is INamedTypeSymbol { EnumUnderlyingType: { } number } ? number : type)?.SpecialType switch
    {
        SpecialType.System_SByte or SpecialType.System_Byte => 8,
        SpecialType.System_Int16 or SpecialType.System_UInt16 or SpecialType.System_Char => 16,
        SpecialType.System_Int32 or SpecialType.System_UInt32 => 32,
        SpecialType.System_Int64 or SpecialType.System_UInt64 => 64,
        _ => 0,
    };
}
