namespace Vpio.Analyzers.CodeFixes;

/// <summary>Finds whether a loop can be left by break once the device is wanted back.</summary>
internal static class LoopExit
{
    /// <summary>Gets the body of a loop.</summary>
    public static StatementSyntax? BodyOf(SyntaxNode loop) => loop switch
    {
        WhileStatementSyntax l => l.Statement,
        ForStatementSyntax l => l.Statement,
        DoStatementSyntax l => l.Statement,
        CommonForEachStatementSyntax l => l.Statement,
        _ => null,
    };

    /// <summary>Gets whether break leaves a loop from a statement, and what comes behind only gives the device back.</summary>
    public static bool CanBreak(StatementSyntax statement, DeviceReference device, SemanticModel model)
    {
        SyntaxNode body = Bodies.Around(statement);
        if (statement.AncestorsAndSelf().TakeWhile(a => a != body).FirstOrDefault(a => a is SwitchStatementSyntax || BodyOf(a) is { } inside && inside.Span.Contains(statement.Span)) is not StatementSyntax loop || BodyOf(loop) is null)
            return false;
        if (loop.Ancestors().TakeWhile(a => a != body).Any(a => BodyOf(a) is not null && DeviceUses.Of(a, device, model).Any(u => u.Kind == UseKind.Touch && !loop.Span.Contains(u.Node.Span) && !IsAllowed(u, model))))
            return false;
        if (model.AnalyzeControlFlow(loop) is { Succeeded: true, EndPointIsReachable: false } && ReturnsValue(body, model))
            return false;
        return DeviceUses.Of(body, device, model).FirstOrDefault(u => u.Node.SpanStart > loop.Span.End && !IsAllowed(u, model)) is not { Kind: UseKind.Touch };
    }

    private static bool IsAllowed(DeviceUse use, SemanticModel model) => model.GetSymbolInfo(use.Node).Symbol is { } symbol && OwnershipAttributes.Has(symbol, "Quiesce");

    private static bool ReturnsValue(SyntaxNode body, SemanticModel model) =>
        model.GetEnclosingSymbol(body is BaseMethodDeclarationSyntax { Body: { } block } ? block.SpanStart + 1 : body.SpanStart) is IMethodSymbol { ReturnsVoid: false, IsAsync: false };
}
