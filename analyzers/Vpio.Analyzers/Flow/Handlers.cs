using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace Vpio.Analyzers.Flow;

/// <summary>Finds where an exception goes that is thrown in a region: handlers that may take it, filters, the caller.</summary>
internal sealed class Handlers(ControlFlowGraph graph)
{
    private readonly Dictionary<ControlFlowRegion, ImmutableArray<Landing>> _landings = [];

    /// <summary>Gets the places, the innermost first.</summary>
    public ImmutableArray<Landing> From(ControlFlowRegion region)
    {
        if (!_landings.TryGetValue(region, out ImmutableArray<Landing> landings))
            _landings[region] = landings = Find(region);
        return landings;
    }

    private ImmutableArray<Landing> Find(ControlFlowRegion from)
    {
        ImmutableArray<Landing>.Builder landings = ImmutableArray.CreateBuilder<Landing>();
        ImmutableArray<ControlFlowRegion> finallys = ImmutableArray<ControlFlowRegion>.Empty;
        for (ControlFlowRegion region = from; region != graph.Root && region.EnclosingRegion is { } parent; region = parent)
        {
            if (region.Kind != ControlFlowRegionKind.Try)
                continue;
            if (parent.Kind == ControlFlowRegionKind.TryAndFinally)
            {
                finallys = finallys.Add(parent.NestedRegions.First(r => r.Kind == ControlFlowRegionKind.Finally));
                continue;
            }

            foreach (ControlFlowRegion handler in parent.NestedRegions.Where(r => r.Kind != ControlFlowRegionKind.Try))
            {
                bool filtered = handler.Kind == ControlFlowRegionKind.FilterAndHandler;
                ControlFlowRegion entered = filtered ? handler.NestedRegions.First(r => r.Kind == ControlFlowRegionKind.Filter) : handler;
                landings.Add(new Landing(new Continuation(finallys, 0, graph.Blocks[entered.FirstBlockOrdinal]), filtered ? entered : null));
                if (!filtered && CatchesAll(handler))
                    return landings.ToImmutable();
            }
        }

        landings.Add(new Landing(new Continuation(finallys, 0, null), null));
        return landings.ToImmutable();
    }

    private static bool CatchesAll(ControlFlowRegion handler) =>
        handler.ExceptionType is null ||
        handler.ExceptionType.SpecialType == SpecialType.System_Object ||
        handler.ExceptionType is { Name: "Exception", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } };
}

/// <summary>Is one place that an exception may come to.</summary>
/// <param name="Way">The finally regions that run before, and the block.</param>
/// <param name="Filter">The filter, which runs before those finally regions, if there is one.</param>
internal sealed record Landing(Continuation Way, ControlFlowRegion? Filter)
{
    /// <summary>Gets whether the exception leaves the member at once.</summary>
    public bool Leaves => Way.Target is null && Way.Finallys.IsEmpty;
}

/// <summary>Is what is the same in each walk through a graph.</summary>
/// <param name="Handlers">Where exceptions go.</param>
/// <param name="Slots">Where locals live.</param>
internal sealed record GraphRegions(Handlers Handlers, Slots Slots);
