namespace Vpio.Protocol.Tests.Exploration;

/// <summary>Says where in its program an actor goes on, and with the one word that it remembers.</summary>
/// <param name="Place">The place; <see cref="Done"/> has none after it.</param>
/// <param name="Memory">The word.</param>
internal readonly record struct Onward(int Place, ulong Memory = 0)
{
    public static Onward Done => new(-1);

    public bool IsDone => Place < 0;
}

/// <summary>Is one who acts on the shared words: a guest, the timer, who stops a guest, the device.</summary>
/// <remarks>
/// Its program is cut into calls, and what it knows between two calls is its place and one word: nothing else. Within a call it knows what
/// its accesses returned. So two moments at which these are the same are the same to it, and need not both be explored.
/// </remarks>
internal abstract class Actor(string name)
{
    public string Name => name;

    /// <summary>Gets whether it may still wait when all others are done, or never be done.</summary>
    public virtual bool MayWaitForEver => false;

    /// <summary>Gets whether it may be killed between two calls, and never make the next.</summary>
    public virtual bool IsMortal => false;

    /// <summary>Makes the call at a place of the program.</summary>
    /// <returns>Where to go on.</returns>
    public abstract Onward Call(int place, ulong memory);
}
