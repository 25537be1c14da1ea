namespace Vpio.Analyzers.CodeFixes;

/// <summary>Tells whether an expression is what its statement evaluates first, whatever comes of it: then it may as well be evaluated before the statement.</summary>
internal static class FirstOfStatement
{
    /// <summary>Gets the statement of a block that begins by evaluating an expression, or null when a guard, a loop, or something with effects comes before it.</summary>
    public static StatementSyntax? Of(ExpressionSyntax expression, SemanticModel model)
    {
        SyntaxNode part = expression;
        while (part is not StatementSyntax)
        {
            if (part.Parent is not { } whole || !BeginsWith(whole, part, model))
                return null;
            part = whole;
        }

        return part.Parent is BlockSyntax ? (StatementSyntax)part : null;
    }

    private static bool BeginsWith(SyntaxNode whole, SyntaxNode part, SemanticModel model) => whole switch
    {
        ParenthesizedExpressionSyntax or CastExpressionSyntax or CheckedExpressionSyntax or EqualsValueClauseSyntax or ArgumentSyntax or ExpressionStatementSyntax or ReturnStatementSyntax or BaseObjectCreationExpressionSyntax => true,
        PrefixUnaryExpressionSyntax unary => IsPlain(unary),
        BinaryExpressionSyntax binary => binary.Left == part || (IsPlain(binary) && IsInert(binary.Left, model)),
        ConditionalExpressionSyntax choice => choice.Condition == part,
        IsPatternExpressionSyntax test => test.Expression == part,
        SwitchExpressionSyntax choice => choice.GoverningExpression == part,
        MemberAccessExpressionSyntax member => member.Expression == part,
        ElementAccessExpressionSyntax element => element.Expression == part || IsInert(element.Expression, model),
        InvocationExpressionSyntax call => call.Expression == part || IsInert(call.Expression, model),
        BaseArgumentListSyntax list => list.Arguments.TakeWhile(a => a != part).All(a => IsInert(a.Expression, model)),
        AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } assignment => assignment.Right == part && IsInert(assignment.Left, model),
        VariableDeclaratorSyntax variable => variable.Initializer == part,
        VariableDeclarationSyntax declaration => declaration.Variables[0] == part,
        LocalDeclarationStatementSyntax declaration => declaration.UsingKeyword.IsKind(SyntaxKind.None),
        IfStatementSyntax test => test.Condition == part,
        SwitchStatementSyntax choice => choice.Expression == part,
        _ => false,
    };

    private static bool IsInert(ExpressionSyntax expression, SemanticModel model) => expression switch
    {
        LiteralExpressionSyntax or ThisExpressionSyntax or PredefinedTypeSyntax => true,
        SimpleNameSyntax name => IsInert(model.GetSymbolInfo(name).Symbol),
        MemberAccessExpressionSyntax { RawKind: (int)SyntaxKind.SimpleMemberAccessExpression } member => IsInert(model.GetSymbolInfo(member).Symbol) && IsInert(member.Expression, model),
        ParenthesizedExpressionSyntax inner => IsInert(inner.Expression, model),
        CastExpressionSyntax { Type: PredefinedTypeSyntax } cast => IsInert(cast.Expression, model),
        PrefixUnaryExpressionSyntax unary => IsPlain(unary) && IsInert(unary.Operand, model),
        BinaryExpressionSyntax binary => IsPlain(binary) && binary.Kind() is not (SyntaxKind.DivideExpression or SyntaxKind.ModuloExpression) && IsInert(binary.Left, model) && IsInert(binary.Right, model),
        _ => false,
    };

    private static bool IsInert(ISymbol? symbol) => symbol switch
    {
        ILocalSymbol or IParameterSymbol or INamespaceOrTypeSymbol or IMethodSymbol or IDiscardSymbol => true,
        IFieldSymbol field => !field.IsVolatile,
        IPropertySymbol { Name: "Length" or "Count" } property => property.ContainingNamespace?.Name == "System" || property.ContainingType.SpecialType == SpecialType.System_Array,
        _ => false,
    };

    private static bool IsPlain(PrefixUnaryExpressionSyntax unary) => unary.Kind() is SyntaxKind.LogicalNotExpression or SyntaxKind.UnaryMinusExpression or SyntaxKind.UnaryPlusExpression or SyntaxKind.BitwiseNotExpression;

    private static bool IsPlain(BinaryExpressionSyntax binary) => binary.Kind() is not (SyntaxKind.LogicalAndExpression or SyntaxKind.LogicalOrExpression or SyntaxKind.CoalesceExpression);
}
