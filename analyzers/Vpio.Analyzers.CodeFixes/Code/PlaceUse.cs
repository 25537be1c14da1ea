using Microsoft.CodeAnalysis.Operations;

namespace Vpio.Analyzers.CodeFixes;

/// <summary>Tells how an expression is used where it stands: for its value, or as a place that may be changed.</summary>
internal static class PlaceUse
{
    /// <summary>Gets whether only the value is used, so that another expression of that value may stand there.</summary>
    public static bool IsValue(ExpressionSyntax place, SemanticModel model) => place.Parent switch
    {
        ParenthesizedExpressionSyntax inner => IsValue(inner, model),
        AssignmentExpressionSyntax assignment => assignment.Left != place,
        PostfixUnaryExpressionSyntax or RefExpressionSyntax or NameColonSyntax or BaseExpressionColonSyntax or NameEqualsSyntax or AnonymousObjectMemberDeclaratorSyntax { NameEquals: null } => false,
        PrefixUnaryExpressionSyntax unary => unary.Kind() is not (SyntaxKind.PreIncrementExpression or SyntaxKind.PreDecrementExpression or SyntaxKind.AddressOfExpression),
        ArgumentSyntax argument => IsValue(argument, model),
        MemberAccessExpressionSyntax member => member.Expression == place && IsNeverChangedByMembers(model.GetTypeInfo(place).Type),
        ElementAccessExpressionSyntax => IsNeverChangedByMembers(model.GetTypeInfo(place).Type),
        ForEachVariableStatementSyntax forEach => forEach.Variable != place,
        _ => true,
    };

    // A method that takes a read-only reference is given one without a word; a tuple is a target, too, or takes its names from what is in it.
    private static bool IsValue(ArgumentSyntax argument, SemanticModel model) =>
        argument.RefKindKeyword.IsKind(SyntaxKind.None) &&
        (argument.Parent is TupleExpressionSyntax tuple
            ? argument.NameColon is not null && IsValue(tuple, model)
            : model.GetOperation(argument) is not IArgumentOperation { Parameter.RefKind: not RefKind.None });

    private static bool IsNeverChangedByMembers(ITypeSymbol? type) => type is not null && (!type.IsValueType || type.IsReadOnly || type.SpecialType != SpecialType.None || type.TypeKind is TypeKind.Enum or TypeKind.Pointer);
}
