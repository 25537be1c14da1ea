using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Vpio.Analyzers.Tests.Corpus.Mutations;

/// <summary>Makes faults of polls in loops: one is missing, or its answer is turned round.</summary>
internal static class PollMutations
{
    public static IEnumerable<Mutant> DeletePoll(DriverCode code) =>
        from poll in Polls(code)
        where IsOnly(code, poll.Operation, poll.Loop)
        select poll.Condition.Parent is IfStatementSyntax choice && Check.Without(poll.Condition, poll.Atom) is null
            ? code.Remove("delete a poll", choice)
            : code.Replace("delete a poll", poll.Condition, Check.Without(poll.Condition, poll.Atom) ?? SyntaxFactory.ParseExpression("true"));

    public static IEnumerable<Mutant> NegatePoll(DriverCode code) =>
        from poll in Polls(code)
        where code.In(poll.Loop).Any(o => o.Touches && o.Device == poll.Operation.Device)
        select code.Replace("negate a poll", poll.Atom, Check.Negate(poll.Atom));

    /// <summary>Touches once more where it is known that the device is wanted.</summary>
    public static IEnumerable<Mutant> TouchOnceWanted(DriverCode code) =>
        from poll in Polls(code)
        let choice = poll.Condition.Parent as IfStatementSyntax
        where choice is not null && choice.Condition == poll.Operation.Node
        from touch in code.FirstTouches().Where(t => poll.Loop.Contains(t.Statement) && t.Touch.Device == poll.Operation.Device && !t.Touch.Has("Quiesce")).Take(1)
        select code.Replace("touch once wanted", choice.Statement, SyntaxFactory.Block(touch.Statement, choice.Statement));

    private static IEnumerable<(DeviceOperation Operation, StatementSyntax Loop, ExpressionSyntax Condition, ExpressionSyntax Atom)> Polls(DriverCode code) =>
        from operation in code.Operations
        where operation.Polls
        let condition = operation.Node.AncestorsAndSelf().OfType<ExpressionSyntax>().TakeWhile(e => e.Parent is not ArgumentSyntax).Last()
        where condition.Parent is IfStatementSyntax or WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax
        let loop = DriverCode.LoopAround(operation.Node)
        where loop is not null
        select (operation, loop, condition, Check.Atoms(condition).First(a => a.Contains(operation.Node)));

    // A loop that polls elsewhere, or grabs anew in each round, needs no other poll.
    private static bool IsOnly(DriverCode code, DeviceOperation poll, StatementSyntax loop) =>
        !code.In(loop).Any(o => o.Device == poll.Device && o.Node != poll.Node && (o.Polls || o.Waits || o.Grabs || o.Tries));
}
