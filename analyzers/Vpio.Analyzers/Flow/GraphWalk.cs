using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace Vpio.Analyzers.Flow;

/// <summary>Follows one device through the control flow graph of one member: every path, by a fixpoint over what paths have come to.</summary>
internal sealed class GraphWalk
{
    // More states than these at one place mean that the code is beyond this analysis: nothing is said of the paths beyond.
    private const int MostStates = 64;
    private const int MostSteps = 20_000;

    private readonly Dictionary<(int Block, Context? Context), Place> _places = [];
    private readonly SortedSet<(int Block, int Number)> _pending = [];
    private readonly List<Place> _numbered = [];
    private readonly List<PathState> _exits = [];
    private readonly List<PathState> _throws = [];
    private readonly GraphRegions _graph;
    private readonly bool _isRoot;
    private readonly HashSet<(SyntaxNode Kept, SyntaxNode Lost)> _lost;
    private readonly Evaluator _evaluator;

    private Context? _context;
    private BasicBlock _block;

    /// <summary>Prepares a walk.</summary>
    /// <param name="analysis">What is common to all walks of a type.</param>
    /// <param name="frame">The member.</param>
    /// <param name="graph">Its graph.</param>
    /// <param name="followed">The device, or null to find out which there are.</param>
    public GraphWalk(TypeAnalysis analysis, Frame frame, ControlFlowGraph graph, Identity? followed)
    {
        Graph = graph;
        Followed = followed;
        _graph = analysis.RegionsOf(graph);
        _isRoot = frame.Caller is null;
        _lost = analysis.Findings.Lost;
        _block = graph.Blocks[0];
        _evaluator = new Evaluator(analysis, frame, this);
        Cycles = new HeldCycles();
    }

    /// <summary>Gets the graph.</summary>
    public ControlFlowGraph Graph { get; }

    /// <summary>Gets the device that is followed.</summary>
    public Identity? Followed { get; }

    /// <summary>Gets the ways through blocks on which the device was held throughout and nobody polled.</summary>
    public HeldCycles Cycles { get; }

    /// <summary>Gets the states at normal ends, with the result in <see cref="Slots.Return"/>.</summary>
    public IReadOnlyList<PathState> Exits => _exits;

    /// <summary>Gets the states that exceptions leave with.</summary>
    public IReadOnlyList<PathState> Throws => _throws;

    /// <summary>Follows all paths from an entry.</summary>
    public void Run(PathState entry)
    {
        Arrive(entry, Graph.Blocks[0], null);
        int steps = 0;
        while (_pending.Count > 0 && steps++ < MostSteps)
        {
            (int Block, int Number) next = _pending.Min;
            _pending.Remove(next);
            Place place = _numbered[next.Number];
            while (place.Fresh.Count > 0)
            {
                PathState state = place.Fresh.Pop();
                Follow(place.Block, place.Context, state);
            }
        }
    }

    /// <summary>Lets an exception leave the operation that is followed, with the state before the operation's own effect.</summary>
    public void Throw(PathState state)
    {
        System.Collections.Immutable.ImmutableArray<Landing> landings = _graph.Handlers.From(_block.EnclosingRegion);

        // An exception that nobody here sees matters to who called, and where the hold is this member's own.
        if (landings.Length == 1 && landings[0].Leaves && (Followed is null || (_isRoot && !state.Hold.IsOwn)))
            return;
        foreach (Landing landing in landings)
        {
            if (landing.Leaves && _throws.Any(t => t.Agrees(state, Followed) && t.Implies(state)))
                continue;
            if (landing.Filter is { } filter)
                Arrive(state.Clone(), landing.Way.Target!, new Context(filter, landing.Way, Context.For(_context, landing.Way.Target!)));
            else
                Advance(state.Clone(), landing.Way, _context);
        }
    }

    private void Follow(BasicBlock block, Context? context, PathState entry)
    {
        Choices choices = new();
        while (choices.Next())
        {
            _block = block;
            _context = context;
            PathState state = entry.Clone();
            _evaluator.Start(state, choices);
            foreach (IOperation operation in block.Operations)
            {
                _evaluator.Evaluate(operation);
                if (state.Ended)
                    break;
            }

            if (!state.Ended)
                Leave(block, state, entry);
        }
    }

    private void Leave(BasicBlock block, PathState state, PathState entry)
    {
        Value? result = block.BranchValue is { } operation ? _evaluator.Evaluate(operation) : null;
        if (state.Ended)
            return;
        ControlFlowBranch? taken = block.FallThroughSuccessor;
        if (block.ConditionKind != ControlFlowConditionKind.None)
        {
            bool jumpWhen = block.ConditionKind == ControlFlowConditionKind.WhenTrue;
            bool answer = _evaluator.Decide(result!, block.BranchValue!);
            if (state.Ended)
                return;
            taken = answer == jumpWhen ? block.ConditionalSuccessor : block.FallThroughSuccessor;
        }

        if (taken is not null)
            Take(taken, block, state, entry, result);
    }

    private void Take(ControlFlowBranch branch, BasicBlock block, PathState state, PathState entry, Value? result)
    {
        switch (branch.Semantics)
        {
            case ControlFlowBranchSemantics.Return:
                if (result is not null)
                    _evaluator.Return(result, block.BranchValue!);
                goto case ControlFlowBranchSemantics.Regular;
            case ControlFlowBranchSemantics.Regular:
                if (branch.Destination is not { } destination)
                    return;
                if (_evaluator.HeldAndUnpolled(entry))
                    Cycles.Add(block, destination);
                Context? filter = _context?.Region.Kind == ControlFlowRegionKind.Filter && Context.For(_context, destination) != _context ? _context : null;
                Advance(state, new Continuation(filter is null ? branch.FinallyRegions : filter.Then.Finallys, 0, destination), filter is null ? _context : filter.Outer);
                return;
            case ControlFlowBranchSemantics.StructuredExceptionHandling:
                // The false end of a filter: the walk outwards went on without it when the exception was thrown.
                if (_context is { Region.Kind: ControlFlowRegionKind.Finally } ended)
                    Advance(state, ended.Then, ended.Outer);
                return;
            case ControlFlowBranchSemantics.Throw:
            case ControlFlowBranchSemantics.Rethrow:
                Throw(state);
                return;
        }
    }

    private void Advance(PathState state, Continuation way, Context? context)
    {
        if (way.Done < way.Finallys.Length)
        {
            ControlFlowRegion region = way.Finallys[way.Done];
            BasicBlock first = Graph.Blocks[region.FirstBlockOrdinal];
            Arrive(state, first, new Context(region, way with { Done = way.Done + 1 }, Context.For(context, first)));
        }
        else if (way.Target is null)
        {
            Gather(_throws, state);
        }
        else if (way.Target.Kind == BasicBlockKind.Exit)
        {
            Gather(_exits, state);
        }
        else
        {
            Arrive(state, way.Target, Context.For(context, way.Target));
        }
    }

    private void Arrive(PathState state, BasicBlock block, Context? context)
    {
        _graph.Slots.Trim(state, block);
        if (!_places.TryGetValue((block.Ordinal, context), out Place? place))
        {
            _places[(block.Ordinal, context)] = place = new Place(block, context, _numbered.Count);
            _numbered.Add(place);
        }

        if (place.Add(state, Followed, MostStates, _lost))
            _pending.Add((block.Ordinal, place.Number));
    }

    private void Gather(List<PathState> ends, PathState state)
    {
        foreach (PathState end in ends)
        {
            if (end.Agrees(state, Followed) && Equals(end[Slots.Return], state[Slots.Return]))
            {
                end.Absorb(state, Slots.Return, _lost);
                return;
            }
        }

        ends.Add(state);
    }

    /// <summary>Is a block, in one context, and the states that came to it.</summary>
    private sealed class Place(BasicBlock block, Context? context, int number)
    {
        private readonly List<PathState> _states = [];

        public BasicBlock Block { get; } = block;

        public Context? Context { get; } = context;

        public int Number { get; } = number;

        public Stack<PathState> Fresh { get; } = new();

        public bool Add(PathState state, Identity? followed, int most, HashSet<(SyntaxNode Kept, SyntaxNode Lost)> lost)
        {
            foreach (PathState known in _states)
            {
                if (!known.Agrees(state, followed))
                    continue;
                if (!known.Absorb(state, Block.Ordinal, lost))
                    return false;
                if (!Fresh.Contains(known))
                    Fresh.Push(known);
                return true;
            }

            if (_states.Count >= most && state.Hold.Kind != HoldKind.Silent)
            {
                state.Hold = new Hold(HoldKind.Silent);
                return Add(state, followed, most, lost);
            }

            if (_states.Count >= 2 * most)
                return false;
            _states.Add(state);
            Fresh.Push(state);
            return true;
        }
    }
}
