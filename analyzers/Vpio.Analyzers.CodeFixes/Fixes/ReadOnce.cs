using Microsoft.CodeAnalysis.CodeFixes;

namespace Vpio.Analyzers.CodeFixes;

/// <summary>Reads guest-writable memory once into a local variable, which is then tested and used.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ReadOnce))]
public sealed class ReadOnce() : RuleFix("VPIO2007")
{
    /// <inheritdoc/>
    internal override bool WorksOnStatements => true;

    /// <inheritdoc/>
    internal override Remedy? RemedyFor(Site site)
    {
        if (Whole(site.Node) is not { } again || Whole(site.Cause) is not { } first || !SyntaxFactory.AreEquivalent(first, again) || Changes(again))
            return null;
        if (first.Parent is EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax kept } && site.Model.GetDeclaredSymbol(kept) is ILocalSymbol local && IsIn(again, kept))
            return IsWritten(local, site) ? null : new Remedy($"Use '{local.Name}', which was tested", site, () => site.Root.ReplaceNode(again, SyntaxFactory.IdentifierName(local.Name).WithTriviaFrom(again)));
        if (first.FirstAncestorOrSelf<StatementSyntax>() is not { Parent: BlockSyntax block } statement || statement is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax || !block.Span.Contains(again.Span) || Bodies.Around(first) != Bodies.Around(again))
            return null;
        return new Remedy("Read it once into a local variable", site, () => Hoist(site, block, statement, first));
    }

    private static SyntaxNode Hoist(Site site, BlockSyntax block, StatementSyntax statement, ExpressionSyntax first)
    {
        string name = UniqueName.For(NameFor(first), site.Model, statement.SpanStart, site.Body);
        ExpressionSyntax[] reads = [.. block.DescendantNodes().OfType<ExpressionSyntax>().Where(e => e.SpanStart >= first.SpanStart && SyntaxFactory.AreEquivalent(e, first) && Whole(e) == e && !IsTarget(e))];
        StatementSyntax declaration = SyntaxFactory.ParseStatement($"var {name} = {first.WithoutTrivia()};");
        int place = block.Statements.IndexOf(statement);
        BlockSyntax replaced = block.ReplaceNodes(reads, (read, _) => SyntaxFactory.IdentifierName(name).WithTriviaFrom(read));
        SyntaxTriviaList leading = replaced.Statements[place].GetLeadingTrivia();
        StatementSyntax[] both = [Write.OnItsLine(declaration.WithLeadingTrivia(leading)), replaced.Statements[place].WithLeadingTrivia(Indentation(leading))];
        return site.Root.ReplaceNode(block, replaced.WithStatements(replaced.Statements.ReplaceRange(replaced.Statements[place], both)));
    }

    private static SyntaxTriviaList Indentation(SyntaxTriviaList leading) =>
        leading.LastOrDefault() is { RawKind: (int)SyntaxKind.WhitespaceTrivia } last ? SyntaxFactory.TriviaList(last) : default;

    // A reference that is given to Volatile or Interlocked is read by that call.
    private static ExpressionSyntax? Whole(SyntaxNode? node) => node switch
    {
        ExpressionSyntax { Parent: ArgumentSyntax { RefKindKeyword.RawKind: (int)SyntaxKind.RefKeyword or (int)SyntaxKind.InKeyword, Parent.Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: SimpleNameSyntax { Identifier.ValueText: "Volatile" }, Name.Identifier.ValueText: "Read" } } call } } => call,
        ExpressionSyntax { Parent: ArgumentSyntax { RefKindKeyword.RawKind: not (int)SyntaxKind.None } } => null,
        ExpressionSyntax expression => expression,
        _ => null,
    };

    // A call that puts what it reads into a variable cannot be read from one.
    private static bool Changes(ExpressionSyntax read) => read.DescendantNodesAndSelf().Any(n => n is ArgumentSyntax { RefKindKeyword.RawKind: (int)SyntaxKind.OutKeyword } or AssignmentExpressionSyntax or PostfixUnaryExpressionSyntax);

    private static bool IsTarget(ExpressionSyntax place) => place.Parent is AssignmentExpressionSyntax assignment && assignment.Left == place;

    private static bool IsIn(SyntaxNode use, VariableDeclaratorSyntax declaration) => declaration.FirstAncestorOrSelf<BlockSyntax>()?.Span.Contains(use.Span) == true;

    private static bool IsWritten(ILocalSymbol local, Site site) => site.Body.DescendantNodes().OfType<IdentifierNameSyntax>().Any(n => n.Identifier.ValueText == local.Name && n.Parent switch
    {
        AssignmentExpressionSyntax assignment => assignment.Left == n,
        PostfixUnaryExpressionSyntax => true,
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression } => true,
        ArgumentSyntax { RefKindKeyword.RawKind: not (int)SyntaxKind.None } => true,
        _ => false,
    });

    private static string NameFor(ExpressionSyntax read)
    {
        string last = read.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Select(n => n.Identifier.ValueText.TrimStart('_')).LastOrDefault(n => n.Length > 0) ?? "value";
        string name = char.ToLowerInvariant(last[0]) + last.Substring(1);
        return SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : name + "Value";
    }
}
