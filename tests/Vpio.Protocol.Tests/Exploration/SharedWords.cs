namespace Vpio.Protocol.Tests.Exploration;

/// <summary>Numbers the shared words in the order in which they are first touched, and knows who touches them how.</summary>
/// <remarks>
/// A word is found again by its number, which is put into the word itself: it may lie in an object that the garbage collector moves.
/// A word that nobody writes, or that one actor alone touches, needs no order among actors. Whether that is so shows only as the
/// actors go on, so what was explored before a word turned out to be shared is explored again.
/// </remarks>
internal sealed class SharedWords
{
    /// <summary>How many words an exploration may have.</summary>
    public const int Most = 32;

    private const ulong Tag = 0xE59A_C317_5D00_0000;
    private const ulong TagBits = ~0xFFFFUL;

    private readonly List<ulong> _initial = [];
    private readonly int[] _touchers = new int[Most];
    private readonly bool[] _written = new bool[Most];
    private readonly bool[] _unguarded = new bool[Most];

    /// <summary>Gets how often a word turned out to be shared.</summary>
    public int Shared { get; private set; }

    public int Count => _initial.Count;

    public ulong InitialValue(int word) => _initial[word];

    /// <summary>Gets the number of a word, and gives it one if it has none.</summary>
    public int IndexOf(ref ulong word)
    {
        if ((word & TagBits) == Tag)
            return (int)(word & ~TagBits);
        if (_initial.Count == Most)
            throw new InvalidOperationException($"More than {Most} shared words were touched.");
        _initial.Add(word);
        word = Tag | (uint)(_initial.Count - 1);
        return _initial.Count - 1;
    }

    /// <summary>Gets whether the order of an access among those of other actors matters to nobody.</summary>
    public bool IsLocal(int word) => !_written[word] || int.PopCount(_touchers[word]) < 2;

    /// <summary>Gets whether a word is touched by nobody but who is alone with the device.</summary>
    public bool IsGuarded(int word) => !_unguarded[word];

    /// <summary>Takes into account that a word is touched by one who is not alone with the device.</summary>
    public void LearnUnguarded(int word)
    {
        if (_unguarded[word])
            return;
        _unguarded[word] = true;
        if (!IsLocal(word))
            Shared++;
    }

    /// <summary>Takes into account that an actor makes an access.</summary>
    public void Learn(int actor, Access access)
    {
        if (!access.TouchesWord)
            return;
        bool local = IsLocal(access.Word);
        _touchers[access.Word] |= 1 << actor;
        _written[access.Word] |= access.Writes;
        if (local && !IsLocal(access.Word))
            Shared++;
    }
}
