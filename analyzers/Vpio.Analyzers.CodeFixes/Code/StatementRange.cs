using Microsoft.CodeAnalysis.Formatting;

namespace Vpio.Analyzers.CodeFixes;

/// <summary>Is a run of statements beside each other, which can be replaced.</summary>
internal sealed class StatementRange
{
    private readonly SyntaxNode _owner;
    private readonly int _start, _end;

    private StatementRange(SyntaxNode owner, ImmutableArray<StatementSyntax> siblings, int start, int end) =>
        (_owner, Siblings, _start, _end) = (owner, siblings, start, end);

    /// <summary>Gets the statements of the list that the run is part of.</summary>
    public ImmutableArray<StatementSyntax> Siblings { get; }

    /// <summary>Gets the run.</summary>
    public ImmutableArray<StatementSyntax> Statements => ImmutableArray.CreateRange(Siblings.Skip(_start).Take(_end - _start + 1));

    /// <summary>Gets what follows the run.</summary>
    public ImmutableArray<StatementSyntax> After => ImmutableArray.CreateRange(Siblings.Skip(_end + 1));

    /// <summary>Gets what comes before the run.</summary>
    public ImmutableArray<StatementSyntax> Before => ImmutableArray.CreateRange(Siblings.Take(_start));

    /// <summary>Gets the first statement of the run.</summary>
    public StatementSyntax First => Siblings[_start];

    /// <summary>Gets the last statement of the run.</summary>
    public StatementSyntax Last => Siblings[_end];

    /// <summary>Gets whether the statements are those of a file without a class.</summary>
    public bool IsTopLevel => _owner is CompilationUnitSyntax;

    /// <summary>Gets the list's place: a block, a section of a switch, the file, or the statement itself where no list is.</summary>
    public SyntaxNode Owner => _owner;

    /// <summary>Gets the run of one statement.</summary>
    public static StatementRange Of(StatementSyntax statement)
    {
        (SyntaxNode owner, ImmutableArray<StatementSyntax> siblings) = statement.Parent switch
        {
            BlockSyntax block => (block, ImmutableArray.CreateRange(block.Statements)),
            SwitchSectionSyntax section => (section, ImmutableArray.CreateRange(section.Statements)),
            GlobalStatementSyntax { Parent: CompilationUnitSyntax unit } => (unit, ImmutableArray.CreateRange(unit.Members.OfType<GlobalStatementSyntax>().Select(g => g.Statement))),
            _ => ((SyntaxNode)statement, ImmutableArray.Create(statement)),
        };
        int index = siblings.IndexOf(statement);
        return new StatementRange(owner, siblings, index, index);
    }

    /// <summary>Gets a run of what follows in the same list, or null when nothing does.</summary>
    public StatementRange? Rest() => _end + 1 < Siblings.Length ? new StatementRange(_owner, Siblings, _end + 1, Siblings.Length - 1) : null;

    /// <summary>Gets a run that goes on to a statement, or is the run already when it goes farther.</summary>
    public StatementRange UpTo(StatementSyntax last) => new(_owner, Siblings, _start, Math.Max(_end, Siblings.IndexOf(last)));

    /// <summary>Gets the run without its first statement, or null when there is no other.</summary>
    public StatementRange? WithoutFirst() => _start < _end ? new StatementRange(_owner, Siblings, _start + 1, _end) : null;

    /// <summary>Gets a run that starts in the same statement, or in one around it, and reaches a later node.</summary>
    public StatementRange? Reaching(SyntaxNode node)
    {
        if (Siblings.Skip(_start).FirstOrDefault(s => s.Span.Contains(node.Span)) is { } last)
            return UpTo(last);
        return _owner is not CompilationUnitSyntax && (_owner is StatementSyntax ? _owner.Parent : _owner)?.FirstAncestorOrSelf<StatementSyntax>(s => s != First && s.Parent is BlockSyntax or SwitchSectionSyntax or GlobalStatementSyntax) is { } outer && Bodies.Around(outer) == Bodies.Around(First)
            ? Of(outer).Reaching(node)
            : null;
    }

    /// <summary>Gets the run with what follows and uses what the run declares.</summary>
    public StatementRange WithUsesOfDeclared(SemanticModel model)
    {
        StatementRange range = this;
        while (true)
        {
            HashSet<string> declared = [.. range.Statements.SelectMany(Declared)];
            if (range.After.LastOrDefault(s => s.DescendantNodes().OfType<IdentifierNameSyntax>().Any(n => declared.Contains(n.Identifier.ValueText) && model.GetSymbolInfo(n).Symbol is ILocalSymbol or IMethodSymbol { MethodKind: MethodKind.LocalFunction })) is not { } user)
                return range;
            range = range.UpTo(user);
        }
    }

    /// <summary>Gets the statements as they stand inside of something else: comments before the first are left to that.</summary>
    public IEnumerable<StatementSyntax> Inner() => Statements.Select((s, i) => i == 0 ? s.WithLeadingTrivia(SyntaxFactory.ElasticMarker) : s);

    /// <summary>Puts other statements in the place of the run.</summary>
    /// <returns>The file with them.</returns>
    public SyntaxNode Replace(params StatementSyntax[] with)
    {
        StatementSyntax[] formatted = with.Select(s => Statements.Contains(s) ? s : Write.OnItsLine(s).WithAdditionalAnnotations(Formatter.Annotation)).ToArray();
        IEnumerable<StatementSyntax> all = Siblings.Take(_start).Concat(formatted).Concat(Siblings.Skip(_end + 1));
        SyntaxNode root = First.SyntaxTree.GetRoot();
        return _owner switch
        {
            BlockSyntax block => root.ReplaceNode(block, block.WithStatements(SyntaxFactory.List(all))),
            SwitchSectionSyntax section => root.ReplaceNode(section, section.WithStatements(SyntaxFactory.List(all))),
            CompilationUnitSyntax unit => root.ReplaceNode(unit, unit.WithMembers(SyntaxFactory.List(all.Select(s => (MemberDeclarationSyntax)SyntaxFactory.GlobalStatement(s)).Concat(unit.Members.Where(m => m is not GlobalStatementSyntax))))),
            _ => root.ReplaceNode(_owner, Write.Block(formatted).WithTrailingTrivia(SyntaxFactory.ElasticMarker).WithAdditionalAnnotations(Formatter.Annotation)),
        };
    }

    /// <summary>Removes the run, and leaves its comments where it was.</summary>
    public SyntaxNode Remove()
    {
        SyntaxTriviaList comments = Comments();
        if (_owner is not (BlockSyntax or SwitchSectionSyntax or CompilationUnitSyntax))
            return Replace();
        StatementSyntax? next = After.FirstOrDefault();
        if (comments.Count == 0)
        {
            SyntaxNode without = Replace();
            return without;
        }

        if (next is not null)
            return UpTo(next).Replace(next.WithLeadingTrivia(comments.AddRange(next.GetLeadingTrivia())));
        SyntaxNode root = First.SyntaxTree.GetRoot();
        return _owner is BlockSyntax block
            ? root.ReplaceNode(block, block.WithStatements(SyntaxFactory.List(Before)).WithCloseBraceToken(block.CloseBraceToken.WithLeadingTrivia(comments.AddRange(block.CloseBraceToken.LeadingTrivia))).WithAdditionalAnnotations(Formatter.Annotation))
            : Replace();
    }

    private SyntaxTriviaList Comments()
    {
        SyntaxTriviaList leading = First.GetLeadingTrivia(), trailing = Last.GetTrailingTrivia();
        bool any = leading.Concat(trailing).Any(t => t.IsKind(SyntaxKind.SingleLineCommentTrivia) || t.IsKind(SyntaxKind.MultiLineCommentTrivia) || t.IsDirective);
        if (!any)
            return default;
        SyntaxTriviaList kept = leading;
        if (trailing.Any(t => t.IsKind(SyntaxKind.SingleLineCommentTrivia) || t.IsKind(SyntaxKind.MultiLineCommentTrivia)))
            kept = kept.AddRange(trailing.SkipWhile(t => t.IsKind(SyntaxKind.WhitespaceTrivia)));
        else if (kept.Count > 0 && kept[kept.Count - 1].IsKind(SyntaxKind.WhitespaceTrivia))
            kept = kept.RemoveAt(kept.Count - 1);
        return kept;
    }

    private static IEnumerable<string> Declared(StatementSyntax statement)
    {
        if (statement is LocalFunctionStatementSyntax function)
            return [function.Identifier.ValueText];
        if (statement is not (LocalDeclarationStatementSyntax or ExpressionStatementSyntax or IfStatementSyntax or SwitchStatementSyntax or ReturnStatementSyntax or ThrowStatementSyntax))
            return [];
        return statement.DescendantNodes(n => n is not (BlockSyntax or AnonymousFunctionExpressionSyntax)).Select(n => n switch
        {
            VariableDeclaratorSyntax declarator => declarator.Identifier.ValueText,
            SingleVariableDesignationSyntax designation => designation.Identifier.ValueText,
            _ => "",
        }).Where(n => n.Length > 0);
    }
}
