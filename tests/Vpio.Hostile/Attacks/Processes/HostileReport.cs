using Vpio.Abi;

namespace Vpio.Hostile.Attacks.Processes;

/// <summary>Is where the threads of a hostile program write down what they did, for the judge to read, whatever becomes of them.</summary>
/// <param name="memory">The memory that program and judge have in common.</param>
internal sealed class HostileReport(GuestMemory memory)
{
    /// <summary>How many threads there is room for.</summary>
    public const int MostThreads = 16;

    /// <summary>Gets what each thread wrote down last.</summary>
    public IReadOnlyList<Tally> Tallies => [.. Enumerable.Range(0, MostThreads).Select(thread => Tally.ReadFrom(PlaceOf(thread)))];

    /// <summary>Gets or sets whether something of a neighbour's was found in the program's memory.</summary>
    public unsafe bool HasForeignFrame
    {
        // SAFETY: as in PlaceOf, one number behind the last.
        get => Volatile.Read(ref *(long*)(memory.Start + (MostThreads * Tally.Numbers * sizeof(long)))) != 0;
        set => Volatile.Write(ref *(long*)(memory.Start + (MostThreads * Tally.Numbers * sizeof(long))), value ? 1 : 0);
    }

    /// <summary>Writes down what a thread did.</summary>
    /// <param name="thread">Which thread.</param>
    /// <param name="tally">What it did so far.</param>
    public void Write(int thread, Tally tally) => tally.WriteTo(PlaceOf(thread));

    private unsafe Span<long> PlaceOf(int thread) =>

        // SAFETY: the memory has room for so many threads, which the judge sees to, and is mapped as long as its owner keeps it.
        new((void*)(memory.Start + (thread * Tally.Numbers * sizeof(long))), Tally.Numbers);
}
