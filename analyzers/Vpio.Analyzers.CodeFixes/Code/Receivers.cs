namespace Vpio.Analyzers.CodeFixes;

/// <summary>Finds what an access is made on.</summary>
internal static class Receivers
{
    /// <summary>Gets the receiver of a call, an element or a member; none when the access is on the instance that the code runs in.</summary>
    /// <returns>The receiver, or null when the code is no such access.</returns>
    public static (ExpressionSyntax? Expression, bool MayBeNull)? Of(SyntaxNode node, SemanticModel model) => node switch
    {
        ConditionalAccessExpressionSyntax access => (access.Expression, true),
        InvocationExpressionSyntax { Expression: IdentifierNameSyntax name } => IsOwnMember(name, model) ? (null, false) : null,
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax or MemberBindingExpressionSyntax } invocation => Of(invocation.Expression, model),
        MemberAccessExpressionSyntax member => (member.Expression, false),
        MemberBindingExpressionSyntax or ElementBindingExpressionSyntax => node.Ancestors().OfType<ConditionalAccessExpressionSyntax>().FirstOrDefault() is { } access ? (access.Expression, true) : null,
        ElementAccessExpressionSyntax element => (element.Expression, false),
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PointerIndirectionExpression } pointer => Of(pointer.Operand, model),
        ParenthesizedExpressionSyntax parenthesized => Of(parenthesized.Expression, model),
        BinaryExpressionSyntax binary => Of(binary.Left, model),
        IdentifierNameSyntax name => IsOwnMember(name, model) && model.GetSymbolInfo(name).Symbol is IPropertySymbol or IEventSymbol ? (null, false) : null,
        _ => null,
    };

    private static bool IsOwnMember(IdentifierNameSyntax name, SemanticModel model) =>
        model.GetSymbolInfo(name).Symbol is { IsStatic: false } symbol && symbol is IPropertySymbol or IEventSymbol or IMethodSymbol { MethodKind: MethodKind.Ordinary };
}
