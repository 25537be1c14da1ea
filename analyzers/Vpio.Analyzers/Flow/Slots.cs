using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace Vpio.Analyzers.Flow;

/// <summary>Knows in which region of a graph each local and flow capture lives, so that a path forgets it when it leaves.</summary>
internal sealed class Slots
{
    /// <summary>Where the value that a member returns waits while finally regions run.</summary>
    public static readonly object Return = new ReturnSlot();

    /// <summary>Where the receiver of a member that is followed inside another is.</summary>
    public static readonly object This = new ThisSlot();

    private readonly Dictionary<object, ControlFlowRegion> _homes = new(SlotComparer.Instance);

    /// <summary>Reads the regions of a graph.</summary>
    public Slots(ControlFlowGraph graph) => Add(graph.Root);

    /// <summary>Makes a path forget what does not live where it has come to.</summary>
    public void Trim(PathState state, BasicBlock block)
    {
        List<object>? gone = null;
        foreach (KeyValuePair<object, Value> slot in state.Slots)
        {
            if (_homes.TryGetValue(slot.Key, out ControlFlowRegion? home) && (block.Ordinal < home.FirstBlockOrdinal || block.Ordinal > home.LastBlockOrdinal))
                (gone ??= []).Add(slot.Key);
        }

        gone?.ForEach(state.Forget);
    }

    private void Add(ControlFlowRegion region)
    {
        foreach (ILocalSymbol local in region.Locals)
            _homes[local] = region;
        foreach (CaptureId capture in region.CaptureIds)
            _homes[capture] = region;
        foreach (ControlFlowRegion nested in region.NestedRegions)
            Add(nested);
    }

    private sealed class ReturnSlot;

    private sealed class ThisSlot;
}
