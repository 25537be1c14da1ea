using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Vpio.Analyzers.Tests.Corpus.Mutations;

/// <summary>Is a driver that is right, with what there is to know of its operations, and makes mutants of it.</summary>
internal sealed class DriverCode
{
    private readonly CorpusDriver _driver;
    private readonly SyntaxTree _tree;

    public DriverCode(CorpusDriver driver)
    {
        _driver = driver;
        _tree = CorpusCompilation.Parse(driver.Text, driver.Name);
        Root = _tree.GetRoot();
        Model = CorpusCompilation.OfDrivers(_tree).GetSemanticModel(_tree);
        Operations = [.. Root.DescendantNodes().OfType<ExpressionSyntax>().Select(AsOperation).OfType<DeviceOperation>()];
    }

    public SyntaxNode Root { get; }

    public SemanticModel Model { get; }

    /// <summary>Gets every operation with a contract, in order.</summary>
    public IReadOnlyList<DeviceOperation> Operations { get; }

    /// <summary>Gets the statements that do nothing but one operation.</summary>
    public IEnumerable<(ExpressionStatementSyntax Statement, DeviceOperation Operation)> Statements(Func<DeviceOperation, bool> which) =>
        from operation in Operations
        where which(operation) && operation.Node.Parent is ExpressionStatementSyntax
        select ((ExpressionStatementSyntax)operation.Node.Parent!, operation);

    /// <summary>Gets the statements that touch a device somewhere, with the first touch of each.</summary>
    public IEnumerable<(ExpressionStatementSyntax Statement, DeviceOperation Touch)> Touches() =>
        from operation in Operations
        where operation.Touches
        let statement = operation.Node.FirstAncestorOrSelf<StatementSyntax>() as ExpressionStatementSyntax
        where statement is not null && FunctionOf(statement) == FunctionOf(operation.Node)
        group operation by statement into touches
        select (touches.Key, touches.First());

    /// <summary>Gets, of the statements that touch, the first of each block: the others would show the same again.</summary>
    public IEnumerable<(ExpressionStatementSyntax Statement, DeviceOperation Touch)> FirstTouches() => Touches().DistinctBy(t => t.Statement.Parent);

    /// <summary>Gets the operations in a piece of code.</summary>
    public IEnumerable<DeviceOperation> In(SyntaxNode? node) => node is null ? [] : Operations.Where(o => node.Contains(o.Node));

    /// <summary>Gets the nearest method, local function or lambda around a node.</summary>
    public static SyntaxNode? FunctionOf(SyntaxNode node) =>
        node.Ancestors().FirstOrDefault(n => n is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax or AccessorDeclarationSyntax or PropertyDeclarationSyntax);

    /// <summary>Gets the nearest loop around a node, in the same function.</summary>
    public static StatementSyntax? LoopAround(SyntaxNode node)
    {
        SyntaxNode? function = FunctionOf(node);
        return node.Ancestors().TakeWhile(n => n != function).OfType<StatementSyntax>().FirstOrDefault(IsLoop);
    }

    public static bool IsLoop(SyntaxNode node) => node is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax;

    /// <summary>Tells whether code never comes to its end.</summary>
    public static bool Jumps(StatementSyntax statement) => statement switch
    {
        BlockSyntax block => block.Statements.Count > 0 && Jumps(block.Statements[^1]),
        ReturnStatementSyntax or BreakStatementSyntax or ContinueStatementSyntax or ThrowStatementSyntax => true,
        _ => false,
    };

    /// <summary>Makes a mutant that has another node in the place of one.</summary>
    public Mutant Replace(string kind, SyntaxNode node, SyntaxNode other) => Mutant(kind, node, Root.ReplaceNode(node, other));

    /// <summary>Makes a mutant that has other statements in the place of one.</summary>
    public Mutant Substitute(string kind, StatementSyntax statement, params IEnumerable<StatementSyntax> others) =>
        statement.Parent is BlockSyntax or SwitchSectionSyntax
            ? Mutant(kind, statement, Root.ReplaceNode(statement, others))
            : Replace(kind, statement, SyntaxFactory.Block(others));

    /// <summary>Makes a mutant that lacks a statement.</summary>
    public Mutant Remove(string kind, StatementSyntax statement) => Replace(kind, statement, SyntaxFactory.EmptyStatement());

    /// <summary>Makes a mutant of a whole new text.</summary>
    /// <param name="kind">What was done.</param>
    /// <param name="at">Where, in the driver that is right.</param>
    /// <param name="root">The driver with the fault.</param>
    public Mutant Mutant(string kind, SyntaxNode at, SyntaxNode root) =>
        new(_driver.Name, kind, _tree.GetLineSpan(at.Span).StartLinePosition.Line + 1, at.ToString().Split('\n')[0].Trim(), root);

    private DeviceOperation? AsOperation(ExpressionSyntax node)
    {
        if (node is not (InvocationExpressionSyntax or MemberAccessExpressionSyntax or ElementAccessExpressionSyntax))
            return null;
        ISymbol? symbol = Model.GetSymbolInfo(node).Symbol;
        return symbol is IPropertySymbol || (symbol is IMethodSymbol && node is InvocationExpressionSyntax) ? new DeviceOperation(node, symbol) : null;
    }
}
