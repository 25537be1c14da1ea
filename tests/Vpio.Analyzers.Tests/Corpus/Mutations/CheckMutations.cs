using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Vpio.Analyzers.Tests.Corpus.Mutations;

/// <summary>Makes faults of the checks of tries and waits: one is missing, is turned round, or asks for something that proves nothing.</summary>
internal static class CheckMutations
{
    public static IEnumerable<Mutant> DeleteCheck(DriverCode code) =>
        Check.Find(code).Select(c => code.Substitute("delete a check", c.Statement, Unchecked(c)));

    public static IEnumerable<Mutant> NegateCheck(DriverCode code) =>
        Check.Find(code).Select(c => code.Replace("negate a check", c.Atom, Check.Negate(c.Atom)));

    public static IEnumerable<Mutant> HintForGrab(DriverCode code) =>
        from check in Check.Find(code)
        let grab = check.Try
        where grab is { Receiver: not null, Symbol: IMethodSymbol { Parameters.IsEmpty: true, ReturnType.SpecialType: SpecialType.System_Boolean } }
        from hint in grab.Symbol.ContainingType.GetMembers().Where(m => DeviceOperation.HasAttribute(m, "Hint"))
        select code.Replace("a hint for a grab", grab.Node, SyntaxFactory.ParseExpression($"{grab.Receiver}.{hint.Name}"));

    /// <summary>Takes away the look whether the device is still held after a wait.</summary>
    public static IEnumerable<Mutant> DropIsHeld(DriverCode code) =>
        from choice in code.Root.DescendantNodes().OfType<IfStatementSyntax>()
        let proof = code.In(choice.Condition).FirstOrDefault(o => o.Proves)
        where proof is not null && IsNeeded(code, choice, proof)
        select code.Remove("drop an IsHeld check", choice);

    private static bool IsNeeded(DriverCode code, IfStatementSyntax choice, DeviceOperation proof)
    {
        SyntaxNode function = DriverCode.FunctionOf(choice)!;
        SyntaxNode? loop = DriverCode.LoopAround(choice);
        return code.In(function).Any(o => o.Waits && o.Device == proof.Device && o.Node.SpanStart < choice.SpanStart)
            && code.In(function).Any(o => o.Touches && o.Device == proof.Device && (o.Node.SpanStart > choice.Span.End || (loop?.Contains(o.Node) ?? false)));
    }

    // What was done on success is done in any case, what was done on failure in none.
    private static IEnumerable<StatementSyntax> Unchecked(Check check)
    {
        StatementSyntax[] grab = check.Try is { } op ? [SyntaxFactory.ExpressionStatement(op.Node.WithoutTrivia())] : [];
        if (check.Statement is not IfStatementSyntax choice)
            return grab;
        if (check.IsForFailure)
        {
            StatementSyntax[] onSuccess = choice.Else is { } other ? [other.Statement] : [];
            return check.Rest is { } rest ? [choice.WithCondition(rest).WithElse(null), .. grab, .. onSuccess] : [.. grab, .. onSuccess];
        }

        return check.Rest is { } condition
            ? [choice.WithCondition(condition).WithStatement(SyntaxFactory.Block(grab.Append(choice.Statement)))]
            : [.. grab, choice.Statement];
    }
}
