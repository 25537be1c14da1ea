using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace Vpio.Protocol.Tests.Exploration;

/// <summary>Says which order of stores and loads the explored processors show.</summary>
internal enum MemoryModel
{
    /// <summary>Every access is seen by all at once.</summary>
    SequentiallyConsistent,

    /// <summary>Plain stores wait in a buffer of their processor, in order, which it alone sees; locked instructions wait for the buffer to run out.</summary>
    StoreBuffers,
}

/// <summary>Is one state of everything: the words, where each actor is, what its store buffer holds, and what the rules remember.</summary>
/// <param name="words">The shared words.</param>
/// <param name="actors">How many actors.</param>
internal sealed class Machine(SharedWords words, int actors)
{
    /// <summary>How many words the rules have to remember something in.</summary>
    public const int Remembered = 12;

    private const int LongestBuffer = 6;
    private const int BufferCells = 1 + (2 * LongestBuffer);

    private readonly ulong[] _cells = new ulong[SharedWords.Most + Remembered + actors + (actors * BufferCells)];

    /// <summary>Gets what the rules remember.</summary>
    public Span<ulong> Memory => _cells.AsSpan(SharedWords.Most, Remembered);

    /// <summary>Gets the hash by which states are told apart.</summary>
    public ulong Hash => XxHash3.HashToUInt64(MemoryMarshal.AsBytes(_cells.AsSpan()));

    public void CopyTo(Machine other) => _cells.AsSpan().CopyTo(other._cells);

    // Kept as what differs from the initial value, so that a word that is first touched later was always there.
    public ulong Word(int word) => word < words.Count ? _cells[word] ^ words.InitialValue(word) : 0;

    public void SetWord(int word, ulong value) => _cells[word] = value ^ words.InitialValue(word);

    public int MomentOf(int actor) => (int)_cells[SharedWords.Most + Remembered + actor];

    public void SetMoment(int actor, int moment) => _cells[SharedWords.Most + Remembered + actor] = (ulong)moment;

    public int BufferedBy(int actor) => (int)_cells[BufferOf(actor)];

    /// <summary>Tells what an actor sees of a word: its own last store, or the memory.</summary>
    public ulong Seen(int actor, int word)
    {
        ulong value = Word(word);
        for (int i = 0; i < BufferedBy(actor); i++)
        {
            Access store = Buffered(actor, i);
            if (store.Word == word)
                value = store.Apply(value);
        }

        return value;
    }

    /// <summary>Puts a store into the buffer of an actor.</summary>
    public void Buffer(int actor, Access store)
    {
        int count = BufferedBy(actor);
        if (count == LongestBuffer)
            throw new InvalidOperationException($"More than {LongestBuffer} stores wait in a buffer.");
        _cells[BufferOf(actor) + 1 + (2 * count)] = ((ulong)store.Kind << 32) | (uint)store.Word;
        _cells[BufferOf(actor) + 2 + (2 * count)] = store.Value;
        _cells[BufferOf(actor)]++;
    }

    /// <summary>Takes the oldest store out of the buffer of an actor.</summary>
    public Access TakeOldest(int actor)
    {
        Access oldest = Buffered(actor, 0);
        Span<ulong> buffer = _cells.AsSpan(BufferOf(actor) + 1, 2 * LongestBuffer);
        buffer[2..].CopyTo(buffer);
        buffer[^2..].Clear();
        _cells[BufferOf(actor)]--;
        return oldest;
    }

    private Access Buffered(int actor, int i)
    {
        ulong head = _cells[BufferOf(actor) + 1 + (2 * i)];
        return new Access((AccessKind)(head >> 32), (int)(uint)head, _cells[BufferOf(actor) + 2 + (2 * i)]);
    }

    private int BufferOf(int actor) => SharedWords.Most + Remembered + actors + (actor * BufferCells);
}
