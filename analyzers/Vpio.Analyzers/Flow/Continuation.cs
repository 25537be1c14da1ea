using System.Collections.Immutable;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace Vpio.Analyzers.Flow;

/// <summary>Is what a path does after a finally region: run the rest of them, then go where it was going.</summary>
/// <param name="Finallys">The finally regions that the way leads through, the innermost first.</param>
/// <param name="Done">How many of them ran.</param>
/// <param name="Target">The block to go to, or null when an exception leaves the member.</param>
internal sealed record Continuation(ImmutableArray<ControlFlowRegion> Finallys, int Done, BasicBlock? Target)
{
    /// <inheritdoc/>
    public bool Equals(Continuation? other) => other is not null && Done == other.Done && ReferenceEquals(Target, other.Target) && Finallys.SequenceEqual(other.Finallys);

    /// <inheritdoc/>
    public override int GetHashCode() => ((Target?.Ordinal ?? -1) * 31) + (Finallys.Length * 7) + Done;
}

/// <summary>Is why a finally or filter region runs, and inside of which other: a region is followed once for each reason.</summary>
/// <param name="Region">The region.</param>
/// <param name="Then">What comes after it.</param>
/// <param name="Outer">Why the region around it runs.</param>
internal sealed record Context(ControlFlowRegion Region, Continuation Then, Context? Outer)
{
    /// <summary>Leaves the regions that do not contain a block.</summary>
    public static Context? For(Context? context, BasicBlock block)
    {
        while (context is not null && (block.Ordinal < context.Region.FirstBlockOrdinal || block.Ordinal > context.Region.LastBlockOrdinal))
            context = context.Outer;
        return context;
    }
}
