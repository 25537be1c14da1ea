namespace Vpio.GuestDriver.Tests.Stepping;

/// <summary>Is one actor's way to the words: plays back what it saw, makes one access more, and breaks off.</summary>
internal sealed class Steps<TMemory>(TMemory memory, int actor, ulong[] seen)
{
    private int _played;

    /// <summary>Gets the actor's own bit.</summary>
    internal uint Bit { get; } = 1U << actor;

    /// <summary>Gets whether the access was made.</summary>
    internal bool HasMoved { get; private set; }

    /// <summary>Gets what the actor has seen, with the access that was made.</summary>
    internal ulong[] Seen { get; private set; } = seen;

    /// <summary>Makes an access, once it can go on.</summary>
    /// <returns>What it saw.</returns>
    internal ulong Access(Func<TMemory, ulong> access, Func<TMemory, bool>? canGoOn = null)
    {
        if (_played < Seen.Length)
            return Seen[_played++];
        if (HasMoved || (canGoOn is not null && !canGoOn(memory)))
            throw new BrokenOffException();
        HasMoved = true;
        _played++;
        Seen = [.. Seen, access(memory)];
        return Seen[^1];
    }

    /// <summary>Makes an access that is seen as yes or no.</summary>
    internal bool Ask(Func<TMemory, bool> access) => Access(memory => access(memory) ? 1UL : 0) != 0;

    /// <summary>Makes an access of which nothing is seen.</summary>
    internal void Do(Action<TMemory> access, Func<TMemory, bool>? canGoOn = null) => Access(
        memory =>
        {
            access(memory);
            return 0;
        },
        canGoOn);
}
