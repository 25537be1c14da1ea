namespace Vpio.Analyzers.CodeFixes;

/// <summary>Is a device as the code names it, so that it can be named once more.</summary>
/// <param name="Expression">The name, or null for the instance that the code runs in.</param>
/// <param name="MayBeNull">Whether the code asks for null.</param>
/// <param name="Type">The device's type.</param>
/// <param name="Members">What it offers.</param>
internal sealed record DeviceReference(ExpressionSyntax? Expression, bool MayBeNull, ITypeSymbol Type, DeviceMembers Members)
{
    /// <summary>Gets how a person would write it.</summary>
    public string Text => Expression?.ToString() ?? "this";

    /// <summary>Gets the device that a report is about: what the reported code names, or else what the report says.</summary>
    public static DeviceReference? At(Site site)
    {
        if (Receivers.Of(site.Node, site.Model) is { } receiver && Of(receiver.Expression, receiver.MayBeNull, site.Model, site.Node.SpanStart) is { } named)
            return IsType(receiver.Expression, site.Model) ? null : named;
        return site.Property("device") is { } text ? Named(text, site) : null;
    }

    /// <summary>Gets the device with a name as reports give it.</summary>
    public static DeviceReference? Named(string text, Site site)
    {
        int position = site.Node.SpanStart;
        ExpressionSyntax expression = SyntaxFactory.ParseExpression(text);
        if (expression.ContainsDiagnostics || expression.ToString() != text)
            return null;
        if (expression is ThisExpressionSyntax)
            return Of(null, mayBeNull: false, site.Model, position);
        return IsStable(expression) && site.Model.GetSpeculativeSymbolInfo(position, expression, SpeculativeBindingOption.BindAsExpression).Symbol is ILocalSymbol or IParameterSymbol or IFieldSymbol or IPropertySymbol or null &&
            site.Model.GetSpeculativeTypeInfo(position, expression, SpeculativeBindingOption.BindAsExpression).Type is { TypeKind: not TypeKind.Error } type
            ? Make(expression, mayBeNull: false, type, site.Model, position)
            : null;
    }

    /// <summary>Gets whether two pieces of code name the same device in the same words.</summary>
    public bool Is(ExpressionSyntax? other) => (Expression, other) switch
    {
        (null, null or ThisExpressionSyntax) => true,
        (ThisExpressionSyntax, null) => true,
        (null, _) or (_, null) => false,
        var (mine, theirs) => SyntaxFactory.AreEquivalent(Bare(mine), Bare(theirs)),
    };

    /// <summary>Gets whether code gives the name another device.</summary>
    public bool IsWrittenIn(SyntaxNode scope)
    {
        HashSet<string> names = [.. Expression?.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Select(n => n.Identifier.ValueText) ?? []];
        return scope.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Any(n => names.Contains(n.Identifier.ValueText) && n.Parent switch
        {
            AssignmentExpressionSyntax assignment => assignment.Left == n,
            PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PostIncrementExpression or (int)SyntaxKind.PostDecrementExpression } => true,
            PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression } => true,
            ArgumentSyntax { RefKindKeyword.RawKind: (int)SyntaxKind.RefKeyword or (int)SyntaxKind.OutKeyword } => true,
            _ => false,
        });
    }

    /// <summary>Writes a member of the device.</summary>
    public ExpressionSyntax Member(string name) => Expression is null
        ? SyntaxFactory.IdentifierName(name)
        : SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, Expression.WithoutTrivia(), SyntaxFactory.IdentifierName(name));

    /// <summary>Writes a call of a method of the device.</summary>
    public ExpressionSyntax Call(string name) => SyntaxFactory.InvocationExpression(Member(name));

    // A static member of a handle's type makes one: neither the type nor the device under it can be grabbed for that.
    private static bool IsType(ExpressionSyntax? expression, SemanticModel model) => expression is not null && model.GetSymbolInfo(expression).Symbol is ITypeSymbol;

    private static DeviceReference? Of(ExpressionSyntax? expression, bool mayBeNull, SemanticModel model, int position)
    {
        ITypeSymbol? type = expression is null ? model.GetEnclosingSymbol(position)?.ContainingType : model.GetTypeInfo(expression).Type;
        return type is null || (expression is not null && !IsStable(expression)) ? null : Make(expression, mayBeNull, type, model, position);
    }

    private static DeviceReference? Make(ExpressionSyntax? expression, bool mayBeNull, ITypeSymbol type, SemanticModel model, int position)
    {
        DeviceMembers members = DeviceMembers.Of(type, model, position);
        return members.IsDevice || members.Release is not null || OwnershipAttributes.Has(type, "ScopedOwnership") ? new DeviceReference(expression, mayBeNull, type, members) : null;
    }

    // What is evaluated twice has to give the same device twice.
    private static bool IsStable(ExpressionSyntax expression) => expression switch
    {
        IdentifierNameSyntax or ThisExpressionSyntax or BaseExpressionSyntax or PredefinedTypeSyntax => true,
        MemberAccessExpressionSyntax { RawKind: (int)SyntaxKind.SimpleMemberAccessExpression } member => IsStable(member.Expression),
        ElementAccessExpressionSyntax element => IsStable(element.Expression) && element.ArgumentList.Arguments.All(a => a.Expression is IdentifierNameSyntax or LiteralExpressionSyntax),
        ParenthesizedExpressionSyntax parenthesized => IsStable(parenthesized.Expression),
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } suppressed => IsStable(suppressed.Operand),
        _ => false,
    };

    private static ExpressionSyntax Bare(ExpressionSyntax expression) => expression switch
    {
        ParenthesizedExpressionSyntax parenthesized => Bare(parenthesized.Expression),
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } suppressed => Bare(suppressed.Operand),
        MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } member => member.Name,
        _ => expression,
    };
}
