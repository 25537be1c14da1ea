using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Vpio.Analyzers.Tests.Corpus.Mutations;

/// <summary>Makes faults of what is done where: a wait or a return while the device is held, a touch when it is not any more.</summary>
internal static class PlacementMutations
{
    public static IEnumerable<Mutant> InsertAwait(DriverCode code) =>
        code.FirstTouches().Where(t => IsAsync(DriverCode.FunctionOf(t.Statement)!) && !IsInScope(t.Statement)).Select(t => Insert(code, "insert an await", "await Later();", t.Statement));

    public static IEnumerable<Mutant> InsertBlocking(DriverCode code) =>
        code.FirstTouches().Select(t => Insert(code, "insert a blocking call", "Thread.Sleep(1);", t.Statement));

    public static IEnumerable<Mutant> ReturnInside(DriverCode code) =>
        from touch in code.FirstTouches()
        where IsHeldPlainly(code, touch.Statement, touch.Touch)
        from text in (string[])["if (Flip()) return;", "if (Flip()) return default!;"]
        select Insert(code, "return inside", text, touch.Statement);

    public static IEnumerable<Mutant> MoveBehindRelease(DriverCode code)
    {
        foreach ((ExpressionStatementSyntax statement, DeviceOperation touch) in code.FirstTouches())
        {
            if (EndOfHold(code, statement, touch) is not { } end)
                continue;
            SyntaxNode tracked = code.Root.TrackNodes(statement, end);
            tracked = tracked.InsertNodesAfter(tracked.GetCurrentNode(end)!, [statement]);
            tracked = tracked.ReplaceNode(tracked.GetCurrentNodes<StatementSyntax>(statement).First(), SyntaxFactory.EmptyStatement());
            yield return code.Mutant("move a touch behind the release", statement, tracked);
        }
    }

    /// <summary>Lets something fail where nothing gives the device back.</summary>
    public static IEnumerable<Mutant> FailInside(DriverCode code) =>
        from touch in code.FirstTouches()
        where IsHeldPlainly(code, touch.Statement, touch.Touch) && !touch.Statement.Ancestors().OfType<TryStatementSyntax>().Any()
        from text in (string[])["MayFail();", "if (Flip()) throw new IOException();"]
        select Insert(code, "fail inside", text, touch.Statement);

    /// <summary>Touches before the first grab.</summary>
    public static IEnumerable<Mutant> TouchBeforeGrab(DriverCode code) =>
        from touch in code.FirstTouches()
        let function = DriverCode.FunctionOf(touch.Statement)!
        let first = code.In(function).FirstOrDefault(o => o.Device == touch.Touch.Device)
        where first is not null && (first.Grabs || first.Tries) && first.IsOnDevice && DriverCode.LoopAround(first.Node) is null
        select Insert(code, "touch before the grab", touch.Statement.ToString(), first.Node.FirstAncestorOrSelf<StatementSyntax>()!);

    private static Mutant Insert(DriverCode code, string kind, string text, StatementSyntax before) =>
        code.Substitute(kind, before, SyntaxFactory.ParseStatement(text), before);

    // The statement after which the device is free for certain.
    private static StatementSyntax? EndOfHold(DriverCode code, StatementSyntax statement, DeviceOperation touch)
    {
        if (statement.Parent is not BlockSyntax block)
            return null;
        bool IsRelease(DeviceOperation o) => o.Releases && o.Device == touch.Device;
        bool isOutermost = !touch.IsReentrant || DriverCode.FunctionOf(block) == block.Parent;
        StatementSyntax? release = block.Statements.LastOrDefault(s => s.SpanStart > statement.SpanStart && s is ExpressionStatementSyntax { Expression: { } e } && code.Operations.Any(o => o.Node == e && IsRelease(o)));
        if (release is not null)
            return isOutermost ? release : null;
        StatementSyntax? end = block.Parent switch
        {
            TryStatementSyntax { Finally: { } last } whole when whole.Block == block && code.In(last).Any(o => IsRelease(o) && IsUnconditional(o, last.Block)) => whole,
            UsingStatementSyntax { Expression: { } grab } whole when code.In(grab).Any(o => o.Grabs && o.Device == touch.Device) => whole,
            _ => null,
        };
        return end?.Parent is BlockSyntax && code.Model.AnalyzeControlFlow(end) is { EndPointIsReachable: true } ? end : null;
    }

    private static bool IsUnconditional(DeviceOperation release, BlockSyntax block) => release.Node.Parent?.Parent == block;

    // Nothing but a statement on the way out gives it back, and the member has not promised to leave it held.
    private static bool IsHeldPlainly(DriverCode code, StatementSyntax statement, DeviceOperation touch)
    {
        SyntaxNode function = DriverCode.FunctionOf(statement)!;
        if (statement.Ancestors().TakeWhile(n => n != function).OfType<TryStatementSyntax>().Any(t => code.In(t.Finally).Any(o => o.Releases)))
            return false;
        if (function is MethodDeclarationSyntax { AttributeLists.Count: > 0 })
            return false;
        return code.In(function).Any(o => (o.Grabs || o.Tries) && o.Node.SpanStart < statement.SpanStart && DriverCode.FunctionOf(o.Node) == function && IsHeldBy(o, touch));
    }

    private static bool IsHeldBy(DeviceOperation grab, DeviceOperation touch)
    {
        StatementSyntax statement = grab.Node.FirstAncestorOrSelf<StatementSyntax>()!;
        if (statement is UsingStatementSyntax or LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 })
            return false;
        return touch.IsOnDevice
            ? grab.Device == touch.Device
            : statement.DescendantNodes().Any(n => (n is VariableDeclaratorSyntax v && v.Identifier.ValueText == touch.Device) || (n is SingleVariableDesignationSyntax d && d.Identifier.ValueText == touch.Device));
    }

    // The compiler itself refuses to wait while a scope is on the stack.
    private static bool IsInScope(StatementSyntax statement) =>
        statement.Ancestors().OfType<UsingStatementSyntax>().Any(u => u.AwaitKeyword.IsKind(SyntaxKind.None));

    private static bool IsAsync(SyntaxNode function) => function is MethodDeclarationSyntax method && method.Modifiers.Any(SyntaxKind.AsyncKeyword);
}
