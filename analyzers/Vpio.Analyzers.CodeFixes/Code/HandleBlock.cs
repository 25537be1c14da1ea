using Microsoft.CodeAnalysis.Formatting;

namespace Vpio.Analyzers.CodeFixes;

/// <summary>Ends the block of a handle before what must not run while it is held: the using declaration becomes a using statement.</summary>
internal static class HandleBlock
{
    /// <summary>Gets the repair, or null when something behind needs what the block has.</summary>
    public static Remedy? EndedBefore(Site site)
    {
        if (site.Cause?.FirstAncestorOrSelf<LocalDeclarationStatementSyntax>() is not { UsingKeyword.RawKind: not 0, AwaitKeyword.RawKind: 0, Declaration: { Variables: { Count: 1 } variables } declaration, Parent: BlockSyntax block } held || variables[0].Initializer?.Value != site.Cause)
            return null;
        int from = block.Statements.IndexOf(held), to = block.Statements.IndexOf(s => s.Span.Contains(site.Node.Span));
        if (to <= from)
            return null;
        StatementSyntax[] inside = [.. block.Statements.Skip(from + 1).Take(to - from - 1)], behind = [.. block.Statements.Skip(to)];
        if (inside.Length == 0 || behind.Any(s => Names(s, [variables[0].Identifier.ValueText, .. inside.SelectMany(Declared)])) || block.DescendantNodes().Any(n => n is LabeledStatementSyntax or GotoStatementSyntax))
            return null;
        return new Remedy($"End the block of '{variables[0].Identifier.ValueText}' before", site, () => site.Root.ReplaceNode(block, block.WithStatements(SyntaxFactory.List(
            block.Statements.Take(from).Append(Using(held, declaration, inside)).Concat(behind)))));
    }

    private static StatementSyntax Using(LocalDeclarationStatementSyntax held, VariableDeclarationSyntax declaration, StatementSyntax[] inside) => SyntaxFactory
        .UsingStatement(declaration.WithoutTrivia(), null, Write.Block(inside))
        .WithLeadingTrivia(held.GetLeadingTrivia()).WithTrailingTrivia(SyntaxFactory.ElasticLineFeed).WithAdditionalAnnotations(Formatter.Annotation);

    // What a statement declares for those behind it: variables, by patterns and out arguments too, and local functions.
    private static IEnumerable<string> Declared(StatementSyntax statement) => statement.DescendantNodesAndSelf().Select(n => n switch
    {
        VariableDeclaratorSyntax variable => variable.Identifier.ValueText,
        SingleVariableDesignationSyntax designation => designation.Identifier.ValueText,
        LocalFunctionStatementSyntax function => function.Identifier.ValueText,
        _ => "",
    }).Where(name => name.Length > 0);

    private static bool Names(StatementSyntax statement, HashSet<string> names) =>
        statement.DescendantTokens().Any(t => t.IsKind(SyntaxKind.IdentifierToken) && names.Contains(t.ValueText));
}
