namespace Vpio.Tool.Accounting;

/// <summary>Holds the digests of the frames that are on their way, oldest first.</summary>
/// <remarks>
/// Grows by doubling and never shrinks: in the steady state it allocates nothing.
/// Threads: none of its own; whoever shares it holds a lock.
/// </remarks>
internal sealed class DigestQueue
{
    private const int FirstCapacity = 64;

    private ulong[] _digests = new ulong[FirstCapacity];
    private int _head;

    /// <summary>Gets the number of digests held.</summary>
    internal int Count { get; private set; }

    private int Mask => _digests.Length - 1;

    /// <summary>Appends a digest as the newest.</summary>
    internal void Add(ulong digest)
    {
        if (Count == _digests.Length)
            Grow();
        _digests[(_head + Count++) & Mask] = digest;
    }

    /// <summary>Looks for a digest, from the oldest on.</summary>
    /// <param name="digest">The digest.</param>
    /// <param name="within">How many of the oldest to look at.</param>
    /// <returns>How many stand before it; -1 when it is not among them.</returns>
    internal int Find(ulong digest, int within)
    {
        int end = Math.Min(within, Count);
        for (int i = 0; i < end; i++)
        {
            if (_digests[(_head + i) & Mask] == digest)
                return i;
        }

        return -1;
    }

    /// <summary>Removes the oldest digests.</summary>
    /// <param name="count">How many; at most <see cref="Count"/>.</param>
    internal void RemoveOldest(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Count);
        _head = (_head + count) & Mask;
        Count -= count;
    }

    /// <summary>Removes the newest digests.</summary>
    /// <param name="count">How many; at most <see cref="Count"/>.</param>
    internal void RemoveNewest(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Count);
        Count -= count;
    }

    private void Grow()
    {
        var larger = new ulong[_digests.Length * 2];
        for (int i = 0; i < Count; i++)
            larger[i] = _digests[(_head + i) & Mask];
        _digests = larger;
        _head = 0;
    }
}
