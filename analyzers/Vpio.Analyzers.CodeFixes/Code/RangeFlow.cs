namespace Vpio.Analyzers.CodeFixes;

/// <summary>Is how control and values leave a run of statements.</summary>
/// <param name="FallsThrough">Whether what follows the run is reached from it.</param>
/// <param name="Leaves">Whether some path leaves from inside, by return, break, continue or goto.</param>
/// <param name="AssignsForLater">Whether what follows reads a variable that only the run assigns.</param>
/// <param name="Suspends">Whether the run awaits or yields.</param>
/// <param name="MayThrow">Whether something in it may throw.</param>
/// <param name="LoopsUnpolled">Whether a loop in it never looks whether a device is wanted back.</param>
internal sealed record RangeFlow(bool FallsThrough, bool Leaves, bool AssignsForLater, bool Suspends, bool MayThrow, bool LoopsUnpolled)
{
    // What the rules take for a loop that is short by default.
    private const int ShortLoop = 64;

    /// <summary>Gets whether the run can be put under a condition.</summary>
    public bool MayBeSkipped => FallsThrough && !AssignsForLater;

    /// <summary>Gets whether the run can be put under a hold.</summary>
    public bool MayBeHeld => !Suspends && !LoopsUnpolled;

    /// <summary>Gets whether a release behind the run would be missed by some path out of it.</summary>
    public bool NeedsFinally => Leaves || MayThrow;

    /// <summary>Looks at a run.</summary>
    public static RangeFlow Of(StatementRange range, SemanticModel model)
    {
        StatementRange[] parts = range.IsTopLevel ? range.Statements.Select(StatementRange.Of).ToArray() : [range];
        ControlFlowAnalysis?[] control = parts.Select(p => model.AnalyzeControlFlow(p.First, p.Last)).ToArray();
        DataFlowAnalysis?[] data = parts.Select(p => model.AnalyzeDataFlow(p.First, p.Last)).ToArray();
        return new RangeFlow(
            control.Length > 0 && control[control.Length - 1] is not { Succeeded: true, EndPointIsReachable: false },
            control.Any(c => c is { Succeeded: true } && !c.ExitPoints.IsEmpty || c is { ReturnStatements.IsEmpty: false }),
            data.Any(d => d is { Succeeded: true } && d.AlwaysAssigned.Any(v => d.ReadOutside.Contains(v, SymbolEqualityComparer.Default) && !d.VariablesDeclared.Contains(v, SymbolEqualityComparer.Default) && !d.DefinitelyAssignedOnEntry.Contains(v, SymbolEqualityComparer.Default))),
            range.Statements.SelectMany(Inside).Any(IsSuspension),
            range.Statements.SelectMany(Inside).Any(n => IsMayThrow(n, model)),
            range.Statements.SelectMany(Inside).Any(n => IsLoop(n) && !IsShort(n) && !Polls(n, model)));
    }

    private static IEnumerable<SyntaxNode> Inside(StatementSyntax statement) =>
        statement.DescendantNodesAndSelf(n => n is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax));

    private static bool IsSuspension(SyntaxNode node) => node is AwaitExpressionSyntax or YieldStatementSyntax or CommonForEachStatementSyntax { AwaitKeyword.RawKind: not 0 } or UsingStatementSyntax { AwaitKeyword.RawKind: not 0 } or LocalDeclarationStatementSyntax { AwaitKeyword.RawKind: not 0 };

    private static bool IsLoop(SyntaxNode node) => node is WhileStatementSyntax or ForStatementSyntax or DoStatementSyntax or CommonForEachStatementSyntax;

    private static bool IsShort(SyntaxNode loop) =>
        loop is ForStatementSyntax { Condition: BinaryExpressionSyntax { Right: LiteralExpressionSyntax { Token.Value: int and >= 0 and <= ShortLoop } } };

    private static bool Polls(SyntaxNode loop, SemanticModel model) =>
        loop.DescendantNodes().OfType<SimpleNameSyntax>().Any(n => model.GetSymbolInfo(n).Symbol is { } symbol && OwnershipAttributes.Has(symbol, "Polls"));

    private static bool IsMayThrow(SyntaxNode node, SemanticModel model) => node switch
    {
        ThrowStatementSyntax or ThrowExpressionSyntax => true,
        InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax or ElementAccessExpressionSyntax or SimpleNameSyntax => model.GetSymbolInfo(node).Symbol switch
        {
            IMethodSymbol method when node is not SimpleNameSyntax => (method.MethodKind == MethodKind.DelegateInvoke || !method.IsImplicitlyDeclared) && !OwnershipAttributes.Has(method, "NoThrow"),
            IPropertySymbol property => !OwnershipAttributes.Has(property, "NoThrow") && !new[] { property.GetMethod, property.SetMethod }.All(a => a is null || OwnershipAttributes.Has(a, "NoThrow") || a.IsImplicitlyDeclared),
            _ => false,
        },
        _ => false,
    };
}
