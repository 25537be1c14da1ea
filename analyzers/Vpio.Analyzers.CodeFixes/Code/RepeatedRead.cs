namespace Vpio.Analyzers.CodeFixes;

/// <summary>Is a read of memory and a later one of the same place, with nothing between them that changes the place or gives the memory time to change.</summary>
internal sealed class RepeatedRead
{
    private readonly SemanticModel _model;
    private readonly SyntaxNode _body;
    private readonly HashSet<ISymbol> _variables;

    private RepeatedRead(ExpressionSyntax first, ExpressionSyntax again, SemanticModel model, SyntaxNode body)
    {
        First = first;
        Again = again;
        _model = model;
        _body = body;
        _variables = new HashSet<ISymbol>(VariablesIn(first), SymbolEqualityComparer.Default);
    }

    /// <summary>Gets the first read.</summary>
    public ExpressionSyntax First { get; }

    /// <summary>Gets the later one.</summary>
    public ExpressionSyntax Again { get; }

    /// <summary>Gets the two reads of a report, or null when one value may not stand for both.</summary>
    public static RepeatedRead? Of(Site site)
    {
        if (Whole(site.Cause, site.Model) is not { } first || Whole(site.Node, site.Model) is not { } again || !SyntaxFactory.AreEquivalent(first, again) || first.Span.End > again.SpanStart)
            return null;
        RepeatedRead reads = new(first, again, site.Model, site.Body);
        return reads.IsOnePlace() && reads.IsOneWay() && reads.IsUnchanged() ? reads : null;
    }

    // A reference that is given to Volatile is read by that call.
    private static ExpressionSyntax? Whole(SyntaxNode? node, SemanticModel model) => node switch
    {
        ExpressionSyntax { Parent: ArgumentSyntax { RefKindKeyword.RawKind: not (int)SyntaxKind.None, Parent.Parent: InvocationExpressionSyntax call } } when IsVolatileRead(call, model) => call,
        ExpressionSyntax expression when !expression.AncestorsAndSelf().TakeWhile(n => n is not StatementSyntax).Any(n => n is QueryExpressionSyntax) => expression,
        _ => null,
    };

    private static bool IsVolatileRead(InvocationExpressionSyntax call, SemanticModel model) =>
        model.GetSymbolInfo(call).Symbol is IMethodSymbol { Name: "Read", ContainingType: { Name: "Volatile", ContainingNamespace.Name: "Threading" } };

    private bool IsOnePlace() =>
        PlaceUse.IsValue(First, _model) && PlaceUse.IsValue(Again, _model) &&
        _model.GetTypeInfo(First).Type is { IsRefLikeType: false } type && SymbolEqualityComparer.Default.Equals(type, _model.GetTypeInfo(Again).Type) &&
        new HashSet<ISymbol>(VariablesIn(Again), SymbolEqualityComparer.Default).SetEquals(_variables) &&
        First.DescendantNodesAndSelf().All(n => n is not (AssignmentExpressionSyntax or PostfixUnaryExpressionSyntax or BaseObjectCreationExpressionSyntax or MemberBindingExpressionSyntax or ElementBindingExpressionSyntax or AwaitExpressionSyntax or AnonymousFunctionExpressionSyntax) && (n is not InvocationExpressionSyntax call || IsPure(call)));

    private bool IsPure(InvocationExpressionSyntax call) =>
        IsVolatileRead(call, _model) || _model.GetSymbolInfo(call).Symbol is IMethodSymbol { ContainingType: { Name: "Unsafe", ContainingNamespace.Name: "CompilerServices" }, Name: "As" or "AsRef" or "Add" or "AddByteOffset" };

    // What comes later in the file comes later in time, once: no lambda, no jump, and no loop around the later read alone.
    private bool IsOneWay() =>
        _body is not AnonymousFunctionExpressionSyntax && Bodies.Around(First) == _body &&
        !_body.DescendantNodes().Any(n => n is GotoStatementSyntax or LabeledStatementSyntax) &&
        Again.Ancestors().TakeWhile(n => n != _body).All(n => n is not (WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax) || n.Span.Contains(First.Span));

    private bool IsUnchanged()
    {
        StatementSyntax? statement = First.FirstAncestorOrSelf<StatementSyntax>();
        bool isCallSafe = !First.DescendantNodesAndSelf().OfType<SimpleNameSyntax>().Any(IsChangedByCalls);
        return statement is not null &&
            _body.DescendantNodes().Where(n => n.SpanStart >= statement.SpanStart && n.SpanStart < Again.SpanStart && !First.Span.Contains(n.Span) && !(n is ExpressionSyntax && n.Span.Contains(Again.Span)) && !IsOnTheWayOut(n)).All(n => LetsBe(n, isCallSafe)) &&
            !_body.DescendantNodes().OfType<SimpleNameSyntax>().Any(n => IsOurs(n) && Bodies.Around(n) != _body && !IsLookedAt(n));
    }

    private bool LetsBe(SyntaxNode node, bool isCallSafe) => node switch
    {
        AwaitExpressionSyntax or YieldStatementSyntax or LockStatementSyntax or CommonForEachStatementSyntax { AwaitKeyword.RawKind: not (int)SyntaxKind.None } or UsingStatementSyntax or LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not (int)SyntaxKind.None } => false,
        InvocationExpressionSyntax call => LetsBe(call, isCallSafe),
        BaseObjectCreationExpressionSyntax => isCallSafe,
        AssignmentExpressionSyntax assignment => IsOther(assignment.Left),
        PostfixUnaryExpressionSyntax step => IsOther(step.Operand),
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression } step => IsOther(step.Operand),
        ArgumentSyntax { RefKindKeyword.RawKind: (int)SyntaxKind.RefKeyword or (int)SyntaxKind.OutKeyword, Parent.Parent: var call } argument => (call is InvocationExpressionSyntax read && IsVolatileRead(read, _model)) || IsOther(argument.Expression),
        SimpleNameSyntax name => !IsOurs(name) || IsLookedAt(name),
        _ => true,
    };

    private bool LetsBe(InvocationExpressionSyntax call, bool isCallSafe) =>
        IsVolatileRead(call, _model) || call.Expression is IdentifierNameSyntax { Identifier.ValueText: "nameof" } ||
        (isCallSafe && _model.GetSymbolInfo(call).Symbol is IMethodSymbol method && method.ContainingNamespace?.ToDisplayString().StartsWith("System.Threading", StringComparison.Ordinal) != true);

    // A variable of one's own that is no reference cannot be the place.
    private bool IsOther(ExpressionSyntax target) => target is DeclarationExpressionSyntax || _model.GetSymbolInfo(target).Symbol switch
    {
        IDiscardSymbol => true,
        ILocalSymbol { IsRef: false } local => !_variables.Contains(local),
        IParameterSymbol { RefKind: RefKind.None } parameter => !_variables.Contains(parameter),
        _ => false,
    };

    private bool IsOurs(SimpleNameSyntax name) => _model.GetSymbolInfo(name).Symbol is { } symbol && _variables.Contains(symbol);

    // A pointer or an object that is handed on lets somebody else change what it leads to.
    private bool IsLookedAt(SimpleNameSyntax name)
    {
        ExpressionSyntax place = name;
        while (place.Parent is MemberAccessExpressionSyntax or ParenthesizedExpressionSyntax || (place.Parent is ElementAccessExpressionSyntax element && element.Expression == place))
            place = (ExpressionSyntax)place.Parent;
        if (place.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } && IsVolatileRead(call, _model))
            return true;
        bool leadsOn = _model.GetTypeInfo(place).Type is not { IsReferenceType: false, IsRefLikeType: false, TypeKind: not TypeKind.Pointer };
        return PlaceUse.IsValue(place, _model) && place.Parent is not InvocationExpressionSyntax &&
            (!leadsOn || place.Parent is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression or (int)SyntaxKind.NotEqualsExpression } or IsPatternExpressionSyntax);
    }

    private bool IsChangedByCalls(SimpleNameSyntax name) => _model.GetSymbolInfo(name).Symbol switch
    {
        ILocalSymbol or IParameterSymbol when _model.GetSymbolInfo(name).Symbol is { } own => !SymbolEqualityComparer.Default.Equals(own.ContainingSymbol, _model.GetEnclosingSymbol(First.SpanStart)),
        IFieldSymbol or IPropertySymbol when _model.GetSymbolInfo(name).Symbol is { } member => member.ContainingType.IsReferenceType || !(name.Parent is MemberAccessExpressionSyntax { Expression: not ThisExpressionSyntax } access && access.Name == name),
        _ => false,
    };

    // A branch that leaves the member changes nothing for who stays.
    private bool IsOnTheWayOut(SyntaxNode node) => node.AncestorsAndSelf().TakeWhile(n => n != _body).OfType<StatementSyntax>().Any(branch =>
        branch.Parent is IfStatementSyntax test && test.Statement == branch && branch.SpanStart > First.Span.End && branch.Span.End <= Again.SpanStart &&
        (branch is BlockSyntax block ? block.Statements.LastOrDefault() : branch) is ReturnStatementSyntax or ThrowStatementSyntax &&
        !branch.DescendantNodes().Any(n => n is BreakStatementSyntax or ContinueStatementSyntax) &&
        !branch.Ancestors().TakeWhile(n => n != _body).Any(n => n is TryStatementSyntax));

    private IEnumerable<ISymbol> VariablesIn(ExpressionSyntax read) => read.DescendantNodesAndSelf().OfType<SimpleNameSyntax>()
        .Select(n => _model.GetSymbolInfo(n).Symbol).Where(s => s is ILocalSymbol or IParameterSymbol or IFieldSymbol or IPropertySymbol).OfType<ISymbol>();
}
