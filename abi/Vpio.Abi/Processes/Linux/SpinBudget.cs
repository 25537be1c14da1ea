using System.Diagnostics;

namespace Vpio.Abi.Processes.Linux;

/// <summary>Says how long one side of a call slot looks for its turn before it sleeps: as long as looking pays.</summary>
/// <remarks>
/// Awake, both sides answer within a cache line's way, and a wake-up from a processor that idles takes many times that. But where processors are short, who looks keeps the other side
/// from its answer. So after a look in vain the next is a quarter as long, down to none; one by which the turn came restores it; and every 256th is a long one, to find out that times have changed.
/// Whoever had lost the processor when its turn came looked neither in vain nor well: the other side has that processor too, perhaps.
/// Threads: one at a time.
/// </remarks>
internal sealed class SpinBudget
{
    private const int LongLookEvery = 256;

    // What a wake-up takes on another processor.
    internal static readonly long LongestTicks = Environment.ProcessorCount > 1 ? Stopwatch.Frequency / 1_000_000 * 50 : 0;

    // Two looks are some 60 ns apart, and a switch to another thread and back takes microseconds.
    internal static readonly long AwayTicks = Stopwatch.Frequency * 3 / 2_000_000;

    private long _ticks = LongestTicks;
    private int _looks;

    /// <summary>Begins to look.</summary>
    /// <returns>How long, ticks of <see cref="Stopwatch"/>.</returns>
    public long Begin() => ++_looks % LongLookEvery == 0 ? LongestTicks : _ticks;

    /// <summary>Ends a look at whose end the turn was there.</summary>
    /// <param name="ticksSinceLastLook">How long before the turn was seen it was looked at the last time, ticks of <see cref="Stopwatch"/>.</param>
    public void EndWithTurn(long ticksSinceLastLook)
    {
        if (ticksSinceLastLook <= AwayTicks)
            _ticks = LongestTicks;
    }

    /// <summary>Ends a look in vain.</summary>
    public void EndInVain() => _ticks /= 4;
}
