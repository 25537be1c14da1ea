using System.Diagnostics;

namespace Vpio.Abi.Processes.Linux;

/// <summary>Says how long one side of a call slot looks for its turn before it sleeps: as long as looking pays.</summary>
/// <remarks>
/// Awake, both sides answer within a cache line's way, and a wake-up from a processor that idles takes many times that. But where processors are short, who looks keeps the other side
/// from its answer. So after a look in vain the next is a quarter as long, down to a single look; one that was answered restores it; and every 256th is a long one, to find out that times have changed.
/// Threads: one at a time.
/// </remarks>
internal sealed class SpinBudget
{
    private const int LongLookEvery = 256;

    // What a wake-up takes on another processor.
    private static readonly long LongestTicks = Environment.ProcessorCount > 1 ? Stopwatch.Frequency / 1_000_000 * 50 : 0;

    private long _ticks = LongestTicks;
    private int _looks;

    /// <summary>Begins to look.</summary>
    /// <returns>How long, ticks of <see cref="Stopwatch"/>.</returns>
    public long Begin() => ++_looks % LongLookEvery == 0 ? LongestTicks : _ticks;

    /// <summary>Ends the look.</summary>
    /// <param name="came">Whether the turn came.</param>
    public void End(bool came) => _ticks = came ? LongestTicks : _ticks / 4;
}
