using Vpio.Abi.Processes.Linux;

namespace Vpio.Benchmarks.Processes;

/// <summary>Is what a turn between two processes takes at least: a word that one side moves, and a futex on it for when the other has looked at it in vain for a while.</summary>
/// <param name="word">The word.</param>
/// <param name="asleep">Whether somebody sleeps on it.</param>
internal readonly ref struct BareTurn(ref uint word, ref uint asleep)
{
    private const int Looks = 2_000;

    // No other word ends the sleep.
    private static readonly uint[] Never = GC.AllocateArray<uint>(1, pinned: true);

    private readonly ref uint _word = ref word;
    private readonly ref uint _asleep = ref asleep;

    /// <summary>Gets the word.</summary>
    public uint Value => Volatile.Read(ref _word);

    /// <summary>Moves the word on.</summary>
    public void Signal()
    {
        Interlocked.Increment(ref _word);
        if (Volatile.Read(ref _asleep) != 0)
            Futex.WakeAll(ref _word);
    }

    /// <summary>Waits until the word is another.</summary>
    /// <param name="seen">What it was.</param>
    /// <returns>What it is.</returns>
    public uint Await(uint seen)
    {
        for (int look = 0; look < Looks; look++)
        {
            if (Volatile.Read(ref _word) is var now && now != seen)
                return now;
        }

        Interlocked.Exchange(ref _asleep, 1);
        while (Volatile.Read(ref _word) == seen)
            Futex.Wait(ref _word, seen, ref Never[0], 0);
        Volatile.Write(ref _asleep, 0);
        return Volatile.Read(ref _word);
    }
}
