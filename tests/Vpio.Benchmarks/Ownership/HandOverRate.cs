using System.Diagnostics;
using Vpio.Tool.Accounting;

namespace Vpio.Benchmarks.Ownership;

/// <summary>Is how fast a turn went round, and how evenly.</summary>
/// <param name="ThousandsASecond">Hand-overs a second, in thousands.</param>
/// <param name="Jain">The Jain index over the turns of each: 1 when all had as many, 1/n when one had all.</param>
internal sealed record HandOverRate(double ThousandsASecond, double Jain)
{
    private static readonly TimeSpan StartUp = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Measured = TimeSpan.FromMilliseconds(200);

    /// <summary>Measures for a while, once all take part.</summary>
    /// <param name="book">The book of the turns that are being taken.</param>
    /// <returns>The rate.</returns>
    public static HandOverRate Of(TurnBook book)
    {
        Thread.Sleep(StartUp); // A time and no event: under a lock that barges some may never have a turn.
        long start = Stopwatch.GetTimestamp();
        ulong handOvers = book.HandOvers;
        ulong[] before = book.Turns;
        Thread.Sleep(Measured);
        double[] turns = [.. book.Turns.Zip(before, (now, then) => (double)(now - then))];
        double rate = (book.HandOvers - handOvers) / Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        return new HandOverRate(rate, rate == 0 ? 0 : JainIndex.Of(turns)); // Where nothing goes round, nothing is even.
    }
}
