using System.Diagnostics;

namespace Vpio.Abi.Processes.Linux;

/// <summary>Says how long one side of a call slot looks for its turn before it sleeps: as long as looking pays.</summary>
/// <remarks>
/// Awake, both sides answer within a cache line's way, and a wake-up from a processor that idles takes many times that. But where processors are short, who looks keeps the other side
/// from its answer. So a look in vain halves the next, one that was answered restores it, and every 64th is a long one, to find out that times have changed.
/// Threads: one at a time.
/// </remarks>
internal sealed class SpinBudget
{
    private const int LongLookEvery = 64;

    // What a wake-up takes; and what an answer takes from a side that is awake.
    private static readonly long LongestTicks = Environment.ProcessorCount > 1 ? Stopwatch.Frequency / 1_000_000 * 50 : 0;
    private static readonly long ShortestTicks = LongestTicks / 50;

    private long _ticks = LongestTicks;
    private int _looks;

    /// <summary>Begins to look.</summary>
    /// <returns>How long, ticks of <see cref="Stopwatch"/>.</returns>
    public long Begin() => ++_looks % LongLookEvery == 0 ? LongestTicks : _ticks;

    /// <summary>Ends the look.</summary>
    /// <param name="came">Whether the turn came.</param>
    public void End(bool came) => _ticks = came ? LongestTicks : Math.Max(ShortestTicks, _ticks / 2);
}
