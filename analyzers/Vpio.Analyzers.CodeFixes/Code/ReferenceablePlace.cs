namespace Vpio.Analyzers.CodeFixes;

/// <summary>Tells whether a reference to a place can be written where the place is, and whether one may write through it.</summary>
internal static class ReferenceablePlace
{
    /// <summary>Gets whether <c>ref</c> or <c>in</c> may stand before an expression.</summary>
    public static bool Is(ExpressionSyntax place, SemanticModel model) =>
        !place.DescendantNodesAndSelf().Any(n => n is MemberBindingExpressionSyntax or ElementBindingExpressionSyntax) &&
        model.GetSymbolInfo(place).Symbol switch
        {
            IMethodSymbol method => place is InvocationExpressionSyntax && method.RefKind != RefKind.None,
            IPropertySymbol property => property.RefKind != RefKind.None,
            IFieldSymbol { IsConst: true } => false,
            _ => true,
        };

    /// <summary>Gets whether a reference to a place only reads.</summary>
    public static bool IsReadOnly(ExpressionSyntax place, SemanticModel model) => model.GetSymbolInfo(place).Symbol switch
    {
        IParameterSymbol parameter => parameter.RefKind is not (RefKind.None or RefKind.Ref or RefKind.Out),
        ILocalSymbol local => local.RefKind == RefKind.RefReadOnly,
        IMethodSymbol method => method.RefKind == RefKind.RefReadOnly,
        IPropertySymbol property => property.RefKind == RefKind.RefReadOnly,
        IFieldSymbol { RefKind: not RefKind.None } reference => reference.RefKind == RefKind.RefReadOnly,
        IFieldSymbol { IsReadOnly: true } => true,
        IFieldSymbol { IsStatic: false } field => field.ContainingType.IsValueType && IsReadOnlyAround(place, model),
        _ => false,
    };

    // A field is written through what it is in.
    private static bool IsReadOnlyAround(ExpressionSyntax field, SemanticModel model) => field switch
    {
        ParenthesizedExpressionSyntax inner => IsReadOnlyAround(inner.Expression, model),
        MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } or SimpleNameSyntax => IsInReadOnlyMember(field, model),
        MemberAccessExpressionSyntax { RawKind: (int)SyntaxKind.SimpleMemberAccessExpression } member => IsReadOnly(member.Expression, model),
        _ => false,
    };

    private static bool IsInReadOnlyMember(ExpressionSyntax field, SemanticModel model)
    {
        ISymbol? member = model.GetEnclosingSymbol(field.SpanStart);
        while (member is IMethodSymbol { MethodKind: MethodKind.LocalFunction or MethodKind.AnonymousFunction })
            member = member.ContainingSymbol;
        return member is IMethodSymbol { IsReadOnly: true };
    }
}
