using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Vpio.Analyzers.Rules;

namespace Vpio.Analyzers.SharedMemory;

/// <summary>Follows the reads of guest-writable memory through a body, and finds those of a place whose earlier read was tested: VPIO2007.</summary>
internal sealed class DoubleFetches
{
    private readonly ControlFlowGraph _graph;
    private readonly GuestPlaces _places;
    private readonly CancellationToken _cancel;
    private readonly Dictionary<SyntaxNode, SyntaxNode> _found = [];
    private readonly FetchState?[] _entries;
    private readonly SortedSet<int> _pending = [];
    private readonly Dictionary<int, List<(ControlFlowBranch Branch, int Next)>> _finallies = [];

    private DoubleFetches(ControlFlowGraph graph, GuestMemory memory, SemanticModel model, CancellationToken cancel)
    {
        _graph = graph;
        _cancel = cancel;
        _entries = new FetchState?[graph.Blocks.Length];
        _places = new GuestPlaces(memory, CapturesOf(graph), model);
        foreach (ControlFlowBranch branch in graph.Blocks.SelectMany(b => b.Predecessors))
        {
            for (int i = 0; i < branch.FinallyRegions.Length; i++)
                ThroughFinally(branch.FinallyRegions[i].FirstBlockOrdinal).Add((branch, i + 1));
        }
    }

    /// <summary>Reports the double fetches of a body, and of the lambdas and local functions in it, each from its own beginning.</summary>
    public static void Report(ControlFlowGraph graph, GuestMemory memory, SemanticModel model, Action<Diagnostic> report, CancellationToken cancel)
    {
        DoubleFetches walk = new(graph, memory, model, cancel);
        foreach ((SyntaxNode again, SyntaxNode first) in walk.Run().OrderBy(f => f.Key.SpanStart).Select(f => (f.Key, f.Value)))
            report(Diagnostic.Create(FetchedTwice.Rule, again.GetLocation(), [first.GetLocation()], again.ToString()));
        foreach (IMethodSymbol local in graph.LocalFunctions)
            Report(graph.GetLocalFunctionControlFlowGraph(local, cancel), memory, model, report, cancel);
        foreach (IFlowAnonymousFunctionOperation lambda in graph.Blocks.SelectMany(b => b.BranchValue is null ? b.Operations.AsEnumerable() : b.Operations.Append(b.BranchValue)).SelectMany(o => o.DescendantsAndSelf()).OfType<IFlowAnonymousFunctionOperation>())
            Report(graph.GetAnonymousFunctionControlFlowGraph(lambda, cancel), memory, model, report, cancel);
    }

    // What was set aside first counts, and only what was set aside before it: so none leads back to itself.
    private static Dictionary<CaptureId, IOperation> CapturesOf(ControlFlowGraph graph)
    {
        Dictionary<CaptureId, IOperation> captures = [];
        foreach (IFlowCaptureOperation capture in graph.Blocks.SelectMany(b => b.Operations).SelectMany(o => o.DescendantsAndSelf()).OfType<IFlowCaptureOperation>())
        {
            if (!captures.ContainsKey(capture.Id) && capture.Value.DescendantsAndSelf().OfType<IFlowCaptureReferenceOperation>().All(r => captures.ContainsKey(r.Id)))
                captures.Add(capture.Id, capture.Value);
        }

        return captures;
    }

    private Dictionary<SyntaxNode, SyntaxNode> Run()
    {
        Arrive(0, new FetchState());
        while (_pending.Count > 0)
        {
            _cancel.ThrowIfCancellationRequested();
            int next = _pending.Min;
            _pending.Remove(next);
            Follow(_graph.Blocks[next], _entries[next]!.Copy());
        }

        return _found;
    }

    private void Arrive(int block, FetchState state)
    {
        if (_entries[block] is not { } entry)
            _entries[block] = state.Copy();
        else if (!entry.Join(state))
            return;
        _pending.Add(block);
    }

    private void Follow(BasicBlock block, FetchState state)
    {
        FetchEvaluation evaluation = new(_places, state, _found);
        ToHandlers(block, state);
        foreach (IOperation operation in block.Operations)
        {
            evaluation.Evaluate(operation);
            ToHandlers(block, state);
        }

        if (block.BranchValue is { } value)
        {
            IReadOnlyCollection<Fetch> fetches = evaluation.Evaluate(value);
            if (block.ConditionKind != ControlFlowConditionKind.None)
                state.Test(fetches);
            ToHandlers(block, state);
        }

        Leave(block.FallThroughSuccessor, state);
        Leave(block.ConditionalSuccessor, state);
    }

    // Out of a region the way leads through its finally first; where that goes on is known by who came to it.
    private void Leave(ControlFlowBranch? branch, FetchState state)
    {
        if (branch is null)
            return;
        if (branch.Semantics == ControlFlowBranchSemantics.StructuredExceptionHandling)
        {
            foreach ((ControlFlowBranch through, int next) in ThroughFinally(FinallyAround(branch.Source)))
                Enter(through, next, state);
        }
        else
        {
            Enter(branch, 0, state);
        }
    }

    private void Enter(ControlFlowBranch branch, int next, FetchState state)
    {
        if (next < branch.FinallyRegions.Length)
            Arrive(branch.FinallyRegions[next].FirstBlockOrdinal, state);
        else if (branch.Destination is { } destination)
            Arrive(destination.Ordinal, destination.Ordinal <= branch.Source.Ordinal ? NextRound(state) : state);
    }

    // What a loop reads in its next round is a new look.
    private static FetchState NextRound(FetchState state)
    {
        FetchState next = state.Copy();
        next.Renew();
        return next;
    }

    private List<(ControlFlowBranch Branch, int Next)> ThroughFinally(int first)
    {
        if (!_finallies.TryGetValue(first, out List<(ControlFlowBranch, int)>? ways))
            _finallies[first] = ways = [];
        return ways;
    }

    private static int FinallyAround(BasicBlock block)
    {
        ControlFlowRegion? region = block.EnclosingRegion;
        while (region is not null && region.Kind != ControlFlowRegionKind.Finally)
            region = region.EnclosingRegion;
        return region?.FirstBlockOrdinal ?? -1;
    }

    // Anything may throw, so what catches sees every state of the region that it guards.
    private void ToHandlers(BasicBlock block, FetchState state)
    {
        for (ControlFlowRegion? region = block.EnclosingRegion; region is not null; region = region.EnclosingRegion)
        {
            if (region.Kind == ControlFlowRegionKind.Try && region.EnclosingRegion is { } guard)
            {
                foreach (ControlFlowRegion handler in guard.NestedRegions.Where(r => r != region))
                    Arrive(handler.FirstBlockOrdinal, state);
            }
        }
    }
}
