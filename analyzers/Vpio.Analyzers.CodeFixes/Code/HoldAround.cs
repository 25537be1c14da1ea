namespace Vpio.Analyzers.CodeFixes;

/// <summary>Puts a run of statements under a hold of a device.</summary>
/// <param name="Title">What is done, in the imperative.</param>
/// <param name="Statements">The statements with the hold.</param>
internal sealed record HoldAround(string Title, ImmutableArray<StatementSyntax> Statements)
{
    /// <summary>Gets the run under a hold, or null when the code would not be right: it waits, or the device has no way to be grabbed.</summary>
    public static HoldAround? Of(StatementRange range, DeviceReference device, SemanticModel model)
    {
        RangeFlow flow = RangeFlow.Of(range, model);
        if (!flow.MayBeHeld)
            return null;
        SyntaxTriviaList leading = range.First.GetLeadingTrivia();
        DeviceMembers members = device.Members;
        if (members is { TryGrab: { } tryGrab, Release: { } release } && flow.MayBeSkipped)
        {
            ExpressionSyntax condition = IfNotNull(device, device.Call(tryGrab));
            return new($"Wrap in 'if ({condition})'", ImmutableArray.Create<StatementSyntax>(Write.If(condition, ThenRelease(range, device, release, flow)).WithLeadingTrivia(leading)));
        }

        if (device.MayBeNull)
            return null;
        if (members is { Grab: { } grab, Release: { } releaseAfter })
        {
            StatementSyntax first = Write.Statement(device.Call(grab)).WithLeadingTrivia(leading);
            return new($"Grab '{device.Text}' before, and release it after", ImmutableArray.CreateRange(ThenRelease(range, device, releaseAfter, flow).Prepend(first)));
        }

        return members.Enter is { } enter
            ? new($"Wrap in 'using ({device.Call(enter)})'", ImmutableArray.Create<StatementSyntax>(SyntaxFactory.UsingStatement(null, device.Call(enter), Write.Block(range.Inner())).WithLeadingTrivia(leading)))
            : null;
    }

    /// <summary>Gets the run with a release behind, in a finally block when some path would miss it otherwise.</summary>
    public static IEnumerable<StatementSyntax> ThenRelease(StatementRange range, DeviceReference device, string release, RangeFlow flow)
    {
        StatementSyntax giveBack = Write.Statement(device.Call(release));
        return flow.NeedsFinally || !flow.FallsThrough ? [Write.TryFinally(range.Inner(), giveBack)] : range.Inner().Append(giveBack);
    }

    private static ExpressionSyntax IfNotNull(DeviceReference device, ExpressionSyntax condition) => device is { MayBeNull: true, Expression: { } expression }
        ? SyntaxFactory.ParseExpression($"{expression} is not null && {condition}")
        : condition;
}
