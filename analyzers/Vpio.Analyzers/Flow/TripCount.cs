using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Vpio.Analyzers.Flow;

/// <summary>Tells how many rounds a loop makes at most, where constants say so.</summary>
internal sealed class TripCount(ControlFlowGraph graph)
{
    private Dictionary<SyntaxNode, object?>? _constants;

    /// <summary>Gets whether a loop makes no more rounds than a limit: <c>for (int i = 0; i &lt; 16; i++)</c>, with constants, when nothing else writes i.</summary>
    public bool IsAtMost(int rounds, SyntaxNode loop)
    {
        if (loop is not ForStatementSyntax { Declaration.Variables: { Count: 1 } variables, Condition: { } condition, Incrementors: { Count: 1 } incrementors } statement)
            return false;
        string name = variables[0].Identifier.ValueText;
        return variables[0].Initializer?.Value is { } start && Number(start) is { } from &&
            Limit(condition, name) is { } limit && Step(incrementors[0], name) is { } step and not 0 &&
            (limit.Value - from) / step is var most && most <= rounds && most >= -1 &&
            (step > 0 ? limit.IsUpper : !limit.IsUpper) &&
            !Writes(statement.Statement, name);
    }

    private (long Value, bool IsUpper)? Limit(ExpressionSyntax condition, string name)
    {
        foreach (BinaryExpressionSyntax part in Conjuncts(condition))
        {
            bool left = part.Left is IdentifierNameSyntax l && l.Identifier.ValueText == name;
            bool right = part.Right is IdentifierNameSyntax r && r.Identifier.ValueText == name;
            if (left == right || Number(left ? part.Right : part.Left) is not { } number)
                continue;
            switch (part.Kind())
            {
                case SyntaxKind.LessThanExpression: return (number, left);
                case SyntaxKind.LessThanOrEqualExpression: return (left ? number + 1 : number, left);
                case SyntaxKind.GreaterThanExpression: return (number, !left);
                case SyntaxKind.GreaterThanOrEqualExpression: return (left ? number : number + 1, !left);
            }
        }

        return null;
    }

    private static IEnumerable<BinaryExpressionSyntax> Conjuncts(ExpressionSyntax condition)
    {
        while (condition is ParenthesizedExpressionSyntax parenthesized)
            condition = parenthesized.Expression;
        if (condition is not BinaryExpressionSyntax binary)
            return [];
        return binary.IsKind(SyntaxKind.LogicalAndExpression) ? Conjuncts(binary.Left).Concat(Conjuncts(binary.Right)) : [binary];
    }

    private long? Step(ExpressionSyntax step, string name) => step switch
    {
        PostfixUnaryExpressionSyntax { Operand: IdentifierNameSyntax operand } unary when operand.Identifier.ValueText == name => unary.IsKind(SyntaxKind.PostIncrementExpression) ? 1 : -1,
        PrefixUnaryExpressionSyntax { Operand: IdentifierNameSyntax operand } unary when operand.Identifier.ValueText == name => unary.IsKind(SyntaxKind.PreIncrementExpression) ? 1 : -1,
        AssignmentExpressionSyntax { Left: IdentifierNameSyntax target } assignment when target.Identifier.ValueText == name && assignment.IsKind(SyntaxKind.AddAssignmentExpression) => Number(assignment.Right),
        AssignmentExpressionSyntax { Left: IdentifierNameSyntax target } assignment when target.Identifier.ValueText == name && assignment.IsKind(SyntaxKind.SubtractAssignmentExpression) => -Number(assignment.Right),
        _ => null,
    };

    // The compiler knows what a named constant is worth; the graph has what it knows.
    private long? Number(ExpressionSyntax expression)
    {
        _constants ??= graph.Blocks
            .SelectMany(b => b.BranchValue is { } branch ? b.Operations.Add(branch) : b.Operations)
            .SelectMany(o => o.DescendantsAndSelf())
            .Where(o => o.ConstantValue.HasValue)
            .GroupBy(o => o.Syntax)
            .ToDictionary(g => g.Key, g => g.First().ConstantValue.Value);
        return _constants.TryGetValue(expression, out object? value) && value is int or uint or long or short or ushort or byte or sbyte
            ? System.Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture)
            : null;
    }

    private static bool Writes(SyntaxNode body, string name) => body.DescendantNodes().OfType<IdentifierNameSyntax>().Any(n => n.Identifier.ValueText == name && n.Parent switch
    {
        AssignmentExpressionSyntax assignment => assignment.Left == n,
        PostfixUnaryExpressionSyntax => true,
        PrefixUnaryExpressionSyntax unary => unary.IsKind(SyntaxKind.PreIncrementExpression) || unary.IsKind(SyntaxKind.PreDecrementExpression) || unary.IsKind(SyntaxKind.AddressOfExpression),
        ArgumentSyntax argument => !argument.RefKindKeyword.IsKind(SyntaxKind.None) && !argument.RefKindKeyword.IsKind(SyntaxKind.InKeyword),
        _ => false,
    });
}
