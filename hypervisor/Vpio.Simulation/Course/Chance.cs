namespace Vpio.Simulation.Course;

/// <summary>Is a source of random numbers that gives the same ones on every machine and in every version of .NET.</summary>
/// <remarks>
/// SplitMix64: G. Steele, D. Lea, C. Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014. Whole numbers only: a
/// logarithm may differ in its last bit from one C library to the next, and then so would the run.
/// </remarks>
internal sealed class Chance
{
    private const ulong Golden = 0x9E37_79B9_7F4A_7C15;

    private ulong _state;

    /// <summary>Starts a source.</summary>
    /// <param name="seed">The seed of the run.</param>
    /// <param name="stream">Which of the sources of that seed it is: each actor has its own, so that one more draw of one disturbs no other.</param>
    public Chance(long seed, long stream) => _state = (ulong)seed ^ Mix((ulong)stream);

    /// <summary>Scrambles a word, so that each bit of it counts for each bit of the result.</summary>
    /// <param name="word">The word.</param>
    /// <returns>The scrambled word.</returns>
    public static ulong Mix(ulong word)
    {
        word = (word ^ (word >> 30)) * 0xBF58_476D_1CE4_E5B9;
        word = (word ^ (word >> 27)) * 0x94D0_49BB_1331_11EB;
        return word ^ (word >> 31);
    }

    /// <summary>Draws 64 bits.</summary>
    public ulong Next() => Mix(_state += Golden);

    /// <summary>Draws a number from 0 up to a limit, which it does not reach.</summary>
    /// <param name="limit">The limit, at least 1.</param>
    public long Below(long limit) => (long)(((UInt128)Next() * (ulong)limit) >> 64);

    /// <summary>Draws a span between half and one and a half of a mean, each as likely.</summary>
    /// <param name="meanNs">The mean, nanoseconds.</param>
    public long Around(long meanNs) => (meanNs / 2) + Below(meanNs + 1);

    /// <summary>Draws a span from the exponential distribution.</summary>
    /// <param name="meanNs">Its mean, nanoseconds.</param>
    /// <remarks>J. von Neumann's way, which compares and counts only: "Various Techniques Used in Connection With Random Digits", 1951.</remarks>
    public long Exponential(long meanNs)
    {
        for (long whole = 0; ; whole++)
        {
            ulong first = Next();
            ulong last = first;
            int run = 1;
            for (ulong next = Next(); next < last; next = Next())
            {
                last = next;
                run++;
            }

            if (run % 2 == 1)
                return (whole * meanNs) + (long)(((UInt128)first * (ulong)meanNs) >> 64);
        }
    }
}
