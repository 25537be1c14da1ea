namespace Vpio.Analyzers.CodeFixes;

/// <summary>Writes statements, with blocks throughout.</summary>
internal static class Write
{
    /// <summary>Writes an expression as a statement.</summary>
    public static StatementSyntax Statement(ExpressionSyntax expression) => SyntaxFactory.ExpressionStatement(expression);

    /// <summary>Writes statements under a condition.</summary>
    public static IfStatementSyntax If(ExpressionSyntax condition, IEnumerable<StatementSyntax> then) => SyntaxFactory.IfStatement(condition, SyntaxFactory.Block(then));

    /// <summary>Writes statements, and one that runs however they end.</summary>
    public static TryStatementSyntax TryFinally(IEnumerable<StatementSyntax> body, StatementSyntax always) =>
        SyntaxFactory.TryStatement(SyntaxFactory.Block(body), default, SyntaxFactory.FinallyClause(SyntaxFactory.Block(always)));

    /// <summary>Writes the opposite of a condition.</summary>
    public static ExpressionSyntax Not(ExpressionSyntax condition) => condition switch
    {
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression } not => not.Operand,
        IdentifierNameSyntax or InvocationExpressionSyntax or MemberAccessExpressionSyntax or ParenthesizedExpressionSyntax => SyntaxFactory.PrefixUnaryExpression(SyntaxKind.LogicalNotExpression, condition),
        _ => SyntaxFactory.PrefixUnaryExpression(SyntaxKind.LogicalNotExpression, SyntaxFactory.ParenthesizedExpression(condition)),
    };

    /// <summary>Writes a property of a device, negated when it tells by false what is asked for.</summary>
    public static ExpressionSyntax Question(DeviceReference device, string property, bool truth)
    {
        ExpressionSyntax member = device.Member(property);
        return truth ? member : Not(member);
    }
}
