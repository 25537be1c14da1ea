using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Vpio.Analyzers.Tests.Corpus.Mutations;

/// <summary>Is a place where a driver decides on the answer of a try, fresh or stored.</summary>
/// <param name="Statement">The statement that decides.</param>
/// <param name="Condition">Its condition.</param>
/// <param name="Atom">The part of the condition that asks for the answer: what stands between <c>and</c>s and <c>or</c>s.</param>
/// <param name="Try">The try itself, if it stands in the condition.</param>
internal sealed record Check(StatementSyntax Statement, ExpressionSyntax Condition, ExpressionSyntax Atom, DeviceOperation? Try)
{
    /// <summary>Gets whether the statement under the condition is for the case that the try failed.</summary>
    public bool IsForFailure => Atom switch
    {
        PrefixUnaryExpressionSyntax => true,
        IsPatternExpressionSyntax { Pattern: ConstantPatternSyntax { Expression: LiteralExpressionSyntax literal } } => literal.IsKind(SyntaxKind.NullLiteralExpression),
        _ => Atom.IsKind(SyntaxKind.NotEqualsExpression),
    };

    /// <summary>Gets the condition without this part, or null.</summary>
    public ExpressionSyntax? Rest => Without(Condition, Atom);

    /// <summary>Finds the checks of a driver that make a difference.</summary>
    public static IEnumerable<Check> Find(DriverCode code)
    {
        HashSet<ISymbol> answers = Answers(code);
        foreach (StatementSyntax statement in code.Root.DescendantNodes().OfType<StatementSyntax>())
        {
            (ExpressionSyntax? condition, StatementSyntax? body) = statement switch
            {
                IfStatementSyntax choice => (choice.Condition, choice.Statement),
                WhileStatementSyntax loop => (loop.Condition, loop.Statement),
                _ => default((ExpressionSyntax?, StatementSyntax?)),
            };
            if (condition is null || body is null)
                continue;
            foreach (ExpressionSyntax atom in Atoms(condition))
            {
                DeviceOperation? fresh = code.In(atom).FirstOrDefault(o => o.Tries);
                bool isAnswer = atom.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Any(i => code.Model.GetSymbolInfo(i).Symbol is { } symbol && answers.Contains(symbol));
                bool matters = statement is WhileStatementSyntax || DriverCode.Jumps(body) || code.In(body).Any(o => o.Touches || o.Releases || o.Grabs);
                if ((fresh is not null || isAnswer) && matters)
                    yield return new Check(statement, condition, atom, fresh);
            }
        }
    }

    /// <summary>Gives the parts of a condition between <c>and</c>s and <c>or</c>s.</summary>
    public static IEnumerable<ExpressionSyntax> Atoms(ExpressionSyntax condition) =>
        IsJoin(condition) ? Atoms(((BinaryExpressionSyntax)condition).Left).Concat(Atoms(((BinaryExpressionSyntax)condition).Right)) : [condition];

    /// <summary>Gives a condition without one of its parts; null if it was the only one.</summary>
    public static ExpressionSyntax? Without(ExpressionSyntax condition, ExpressionSyntax atom)
    {
        if (condition == atom)
            return null;
        if (!IsJoin(condition))
            return condition;
        BinaryExpressionSyntax join = (BinaryExpressionSyntax)condition;
        ExpressionSyntax? left = Without(join.Left, atom);
        ExpressionSyntax? right = Without(join.Right, atom);
        return left is null ? right : right is null ? left : join.WithLeft(left).WithRight(right);
    }

    /// <summary>Gives the opposite of a condition.</summary>
    public static ExpressionSyntax Negate(ExpressionSyntax condition) =>
        condition is PrefixUnaryExpressionSyntax not && not.IsKind(SyntaxKind.LogicalNotExpression) ? not.Operand : SyntaxFactory.ParseExpression($"!({condition})");

    private static bool IsJoin(ExpressionSyntax condition) => condition.IsKind(SyntaxKind.LogicalAndExpression) || condition.IsKind(SyntaxKind.LogicalOrExpression);

    // The locals that are told by a try whether it succeeded.
    private static HashSet<ISymbol> Answers(DriverCode code)
    {
        HashSet<ISymbol> answers = new(SymbolEqualityComparer.Default);
        foreach (VariableDeclaratorSyntax local in code.Root.DescendantNodes().OfType<VariableDeclaratorSyntax>().Where(l => code.In(l.Initializer).Any(o => o.Tries)))
            answers.Add(code.Model.GetDeclaredSymbol(local)!);
        foreach (ArgumentSyntax argument in code.Operations.Where(o => o.Tries).SelectMany(o => o.Node.DescendantNodes().OfType<ArgumentSyntax>()).Where(a => a.RefKindKeyword.IsKind(SyntaxKind.RefKeyword)))
            answers.Add(code.Model.GetSymbolInfo(argument.Expression).Symbol!);
        return answers;
    }
}
