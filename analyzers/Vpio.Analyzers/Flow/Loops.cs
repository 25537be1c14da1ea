using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Vpio.Analyzers.Flow;

/// <summary>Finds loops that may run long with the device held and never look whether it is wanted back.</summary>
internal static class Loops
{
    /// <summary>Notes each such loop at its keyword.</summary>
    public static void Report(GraphWalk walk, Identity followed, OwnershipOptions options, Findings findings)
    {
        foreach ((int from, int to) in walk.Cycles.Backward)
        {
            if (!walk.Cycles.Leads(to, from))
                continue;
            SyntaxNode? last = SyntaxOf(walk.Graph.Blocks[from]), first = SyntaxOf(walk.Graph.Blocks[to]);
            SyntaxNode? loop = (last ?? first)?.AncestorsAndSelf().FirstOrDefault(n => IsLoop(n) && (first is null || n.Span.Contains(first.Span)));
            if (loop is not null && !IsShort(loop, options))
                findings.Note("VPIO1023", loop, KeywordOf(loop), followed.Display);
        }
    }

    private static SyntaxNode? SyntaxOf(BasicBlock block) => block.BranchValue?.Syntax ?? block.Operations.LastOrDefault()?.Syntax;

    private static bool IsLoop(SyntaxNode node) => node is WhileStatementSyntax or ForStatementSyntax or DoStatementSyntax or CommonForEachStatementSyntax;

    private static Location KeywordOf(SyntaxNode loop) => loop switch
    {
        WhileStatementSyntax l => l.WhileKeyword.GetLocation(),
        ForStatementSyntax l => l.ForKeyword.GetLocation(),
        DoStatementSyntax l => l.DoKeyword.GetLocation(),
        CommonForEachStatementSyntax { AwaitKeyword.RawKind: not 0 } l => Location.Create(l.SyntaxTree, TextSpan.FromBounds(l.AwaitKeyword.SpanStart, l.ForEachKeyword.Span.End)),
        CommonForEachStatementSyntax l => l.ForEachKeyword.GetLocation(),
        _ => loop.GetLocation(),
    };

    // `for (int i = 0; i < 16; i++)`, with constants, and nobody else writes i.
    private static bool IsShort(SyntaxNode loop, OwnershipOptions options)
    {
        if (loop is not ForStatementSyntax { Declaration.Variables: { Count: 1 } variables, Condition: { } condition, Incrementors: { Count: 1 } incrementors } statement)
            return false;
        string name = variables[0].Identifier.ValueText;
        return variables[0].Initializer?.Value is { } start && Number(start) is { } from &&
            Limit(condition, name) is { } limit && Step(incrementors[0], name) is { } step and not 0 &&
            (limit.Value - from) / step is var rounds && rounds <= options.SmallTripCount && rounds >= -1 &&
            (step > 0 ? limit.IsUpper : !limit.IsUpper) &&
            !Writes(statement.Statement, name);
    }

    private static (long Value, bool IsUpper)? Limit(ExpressionSyntax condition, string name)
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

    private static long? Step(ExpressionSyntax step, string name) => step switch
    {
        PostfixUnaryExpressionSyntax { Operand: IdentifierNameSyntax operand } unary when operand.Identifier.ValueText == name => unary.IsKind(SyntaxKind.PostIncrementExpression) ? 1 : -1,
        PrefixUnaryExpressionSyntax { Operand: IdentifierNameSyntax operand } unary when operand.Identifier.ValueText == name => unary.IsKind(SyntaxKind.PreIncrementExpression) ? 1 : -1,
        AssignmentExpressionSyntax { Left: IdentifierNameSyntax target } assignment when target.Identifier.ValueText == name && assignment.IsKind(SyntaxKind.AddAssignmentExpression) => Number(assignment.Right),
        AssignmentExpressionSyntax { Left: IdentifierNameSyntax target } assignment when target.Identifier.ValueText == name && assignment.IsKind(SyntaxKind.SubtractAssignmentExpression) => -Number(assignment.Right),
        _ => null,
    };

    private static long? Number(ExpressionSyntax expression) => expression switch
    {
        LiteralExpressionSyntax { Token.Value: int value } => value,
        LiteralExpressionSyntax { Token.Value: uint value } => value,
        LiteralExpressionSyntax { Token.Value: long value } => value,
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.UnaryMinusExpression } minus => -Number(minus.Operand),
        _ => null,
    };

    private static bool Writes(SyntaxNode body, string name) => body.DescendantNodes().OfType<IdentifierNameSyntax>().Any(n => n.Identifier.ValueText == name && n.Parent switch
    {
        AssignmentExpressionSyntax assignment => assignment.Left == n,
        PostfixUnaryExpressionSyntax => true,
        PrefixUnaryExpressionSyntax unary => unary.IsKind(SyntaxKind.PreIncrementExpression) || unary.IsKind(SyntaxKind.PreDecrementExpression) || unary.IsKind(SyntaxKind.AddressOfExpression),
        ArgumentSyntax argument => !argument.RefKindKeyword.IsKind(SyntaxKind.None) && !argument.RefKindKeyword.IsKind(SyntaxKind.InKeyword),
        _ => false,
    });
}
