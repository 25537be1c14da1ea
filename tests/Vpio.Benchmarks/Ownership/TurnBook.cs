namespace Vpio.Benchmarks.Ownership;

/// <summary>Books who had its turn. Noted by whoever has the turn, and so by one at a time.</summary>
/// <param name="guests">How many take turns.</param>
internal sealed class TurnBook(int guests)
{
    // A count each in a cache line of its own.
    private const int Stride = 16;

    private readonly ulong[] _turns = new ulong[(guests + 1) * Stride];
    private ulong _handOvers;
    private int _last = -1;

    /// <summary>Gets how often the turn went to another than who had it before.</summary>
    public ulong HandOvers => Volatile.Read(ref _handOvers);

    /// <summary>Gets how many turns each had.</summary>
    public ulong[] Turns => [.. Enumerable.Range(1, guests).Select(guest => Volatile.Read(ref _turns[guest * Stride]))];

    /// <summary>Notes a turn.</summary>
    /// <param name="guest">Whose, from 0.</param>
    public void Note(int guest)
    {
        _turns[(guest + 1) * Stride]++;
        if (_last == guest)
            return;
        _last = guest;
        _handOvers++;
    }
}
