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
        if (RepeatedRead.Of(site) is not { } reads)
            return null;
        if (KeptIn(reads, site) is { } local)
            return IsChanged(local, site) ? null : new Remedy($"Use '{local.Name}', which was tested", site, () => site.Root.ReplaceNode(reads.Again, SyntaxFactory.IdentifierName(local.Name).WithTriviaFrom(reads.Again)));
        return FirstOfStatement.Of(reads.First, site.Model) is { Parent: BlockSyntax block } statement && block.Span.Contains(reads.Again.Span)
            ? new Remedy("Read it once into a local variable", site, () => Hoist(site, block, statement, reads))
            : null;
    }

    private static SyntaxNode Hoist(Site site, BlockSyntax block, StatementSyntax statement, RepeatedRead reads)
    {
        string name = UniqueName.For(NameFor(reads.First), site.Model, statement.SpanStart, site.Body);
        int place = block.Statements.IndexOf(statement);
        BlockSyntax replaced = block.ReplaceNodes(new[] { reads.First, reads.Again }, (read, _) => SyntaxFactory.IdentifierName(name).WithTriviaFrom(read));
        SyntaxTriviaList leading = replaced.Statements[place].GetLeadingTrivia();
        LocalDeclarationStatementSyntax declaration = (LocalDeclarationStatementSyntax)SyntaxFactory.ParseStatement($"var {name} = 0;");
        // The read itself, and no copy of its text: another report may be marked on it.
        StatementSyntax read = declaration.ReplaceNode(declaration.Declaration.Variables[0].Initializer!.Value, reads.First.WithoutLeadingTrivia().WithoutTrailingTrivia());
        StatementSyntax[] both = [Write.OnItsLine(read.WithLeadingTrivia(leading)), replaced.Statements[place].WithLeadingTrivia(Indentation(leading))];
        return site.Root.ReplaceNode(block, replaced.WithStatements(replaced.Statements.ReplaceRange(replaced.Statements[place], both)));
    }

    private static SyntaxTriviaList Indentation(SyntaxTriviaList leading) =>
        leading.LastOrDefault() is { RawKind: (int)SyntaxKind.WhitespaceTrivia } last ? SyntaxFactory.TriviaList(last) : default;

    // The variable that the first read initializes, when it is of the read's own type: of another, it may mean another call where it is used.
    private static ILocalSymbol? KeptIn(RepeatedRead reads, Site site) =>
        reads.First.Parent is EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent.Parent: LocalDeclarationStatementSyntax { Parent: BlockSyntax block } } kept } && block.Span.Contains(reads.Again.Span) &&
        site.Model.GetDeclaredSymbol(kept) is ILocalSymbol { IsRef: false } local && SymbolEqualityComparer.Default.Equals(local.Type, site.Model.GetTypeInfo(reads.First).Type)
            ? local
            : null;

    private static bool IsChanged(ILocalSymbol local, Site site) => site.Body.DescendantNodes().OfType<IdentifierNameSyntax>()
        .Any(n => n.Identifier.ValueText == local.Name && SymbolEqualityComparer.Default.Equals(site.Model.GetSymbolInfo(n).Symbol, local) && !PlaceUse.IsValue(n, site.Model));

    private static string NameFor(ExpressionSyntax read)
    {
        string last = read.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Select(n => n.Identifier.ValueText.TrimStart('_')).LastOrDefault(n => n.Length > 0) ?? "value";
        string name = char.ToLowerInvariant(last[0]) + last.Substring(1);
        return SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : name + "Value";
    }
}
