namespace Vpio.Analyzers.CodeFixes;

/// <summary>Writes statements, with blocks throughout.</summary>
internal static class Write
{
    /// <summary>Writes an expression as a statement.</summary>
    public static StatementSyntax Statement(ExpressionSyntax expression) => SyntaxFactory.ExpressionStatement(expression);

    /// <summary>Writes a block, each statement on a line of its own also where the formatter would leave them on one.</summary>
    public static BlockSyntax Block(IEnumerable<StatementSyntax> statements) => SyntaxFactory.Block(
        SyntaxFactory.Token(SyntaxKind.OpenBraceToken).WithTrailingTrivia(SyntaxFactory.ElasticLineFeed),
        SyntaxFactory.List(statements.Select(OnItsLine)),
        SyntaxFactory.Token(SyntaxKind.CloseBraceToken));

    /// <summary>Ends a statement's line.</summary>
    public static StatementSyntax OnItsLine(StatementSyntax statement)
    {
        if (!statement.HasLeadingTrivia)
            statement = statement.WithLeadingTrivia(SyntaxFactory.ElasticMarker);
        return statement.GetTrailingTrivia().Any(t => t.IsKind(SyntaxKind.EndOfLineTrivia))
            ? statement
            : statement.WithTrailingTrivia(statement.GetTrailingTrivia().Add(SyntaxFactory.ElasticLineFeed));
    }

    /// <summary>Writes statements under a condition.</summary>
    public static IfStatementSyntax If(ExpressionSyntax condition, IEnumerable<StatementSyntax> then) => SyntaxFactory.IfStatement(condition, Block(then));

    /// <summary>Writes statements, and one that runs however they end.</summary>
    public static TryStatementSyntax TryFinally(IEnumerable<StatementSyntax> body, StatementSyntax always) =>
        SyntaxFactory.TryStatement(Block(body), default, SyntaxFactory.FinallyClause(Block([always])));

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
