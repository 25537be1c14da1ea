using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Vpio.Analyzers.Flow;

/// <summary>Finds loops that may run long with the device held and never look whether it is wanted back.</summary>
internal static class Loops
{
    /// <summary>Notes each such loop at its keyword.</summary>
    public static void Report(GraphWalk walk, Identity followed, OwnershipOptions options, Findings findings)
    {
        foreach ((int from, int to) in walk.Cycles.Backward)
        {
            if (!walk.Cycles.Leads(to, from))
                continue;
            SyntaxNode? last = SyntaxOf(walk.Graph.Blocks[from]), first = SyntaxOf(walk.Graph.Blocks[to]);
            SyntaxNode? loop = (last ?? first)?.AncestorsAndSelf().FirstOrDefault(n => IsLoop(n) && (first is null || n.Span.Contains(first.Span)));
            if (loop is not null && !new TripCount(walk.Graph).IsAtMost(options.SmallTripCount, loop))
                findings.Note("VPIO1023", loop, KeywordOf(loop), followed.Display);
        }
    }

    private static SyntaxNode? SyntaxOf(BasicBlock block) => block.BranchValue?.Syntax ?? block.Operations.LastOrDefault()?.Syntax;

    private static bool IsLoop(SyntaxNode node) => node is WhileStatementSyntax or ForStatementSyntax or DoStatementSyntax or CommonForEachStatementSyntax;

    private static Location KeywordOf(SyntaxNode loop) => loop switch
    {
        WhileStatementSyntax l => l.WhileKeyword.GetLocation(),
        ForStatementSyntax l => l.ForKeyword.GetLocation(),
        DoStatementSyntax l => l.DoKeyword.GetLocation(),
        CommonForEachStatementSyntax { AwaitKeyword.RawKind: not 0 } l => Location.Create(l.SyntaxTree, TextSpan.FromBounds(l.AwaitKeyword.SpanStart, l.ForEachKeyword.Span.End)),
        CommonForEachStatementSyntax l => l.ForEachKeyword.GetLocation(),
        _ => loop.GetLocation(),
    };
}
