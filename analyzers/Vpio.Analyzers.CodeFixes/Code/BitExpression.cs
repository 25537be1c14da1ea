namespace Vpio.Analyzers.CodeFixes;

/// <summary>Reads expressions that put numbers together from parts.</summary>
/// <param name="model">The meaning of the file.</param>
/// <param name="partOf">What is known of an expression that is not put together any further; null when nothing is.</param>
internal sealed class BitExpression(SemanticModel model, Func<ExpressionSyntax, WordBits?> partOf)
{
    /// <summary>Gets the bits of an expression; null when it is anything else than parts that are cut, moved and joined.</summary>
    public WordBits? Of(ExpressionSyntax expression)
    {
        if (NumberType.Of(model.GetTypeInfo(expression).Type) is not { } type)
            return null;
        if (model.GetConstantValue(expression) is { HasValue: true, Value: { } value })
            return WordBits.Constant(value);
        return expression switch
        {
            ParenthesizedExpressionSyntax inner => Of(inner.Expression),
            CastExpressionSyntax cast => Of(cast.Expression)?.As(type),
            BinaryExpressionSyntax binary => Of(binary, type)?.As(type),
            _ => partOf(expression),
        };
    }

    private WordBits? Of(BinaryExpressionSyntax binary, NumberType type) => binary.Kind() switch
    {
        SyntaxKind.BitwiseOrExpression => Of(binary.Left) is { } left && Of(binary.Right) is { } right ? left.Or(right) : null,
        SyntaxKind.BitwiseAndExpression => Of(binary.Left) is { } left && Of(binary.Right) is { } right ? left.And(right) : null,
        SyntaxKind.LeftShiftExpression => By(binary, type) is { } by ? Of(binary.Left)?.ShiftLeft(by) : null,
        SyntaxKind.RightShiftExpression => By(binary, type) is { } by ? Of(binary.Left)?.ShiftRight(by, type.IsSigned) : null,
        _ => null,
    };

    private int? By(BinaryExpressionSyntax shift, NumberType type) =>
        model.GetConstantValue(shift.Right).Value is int by && by >= 0 && by < type.Bits ? by : null;
}
