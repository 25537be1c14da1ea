namespace Vpio.Protocol.Tests.Exploration;

/// <summary>Says what an actor does to a shared word, or to the world around the words.</summary>
internal enum AccessKind : byte
{
    Load,
    Store,
    Exchange,
    CompareExchange,
    Or,
    And,
    Add,

    /// <summary>Waits until a word that was looked at since the last pause is another.</summary>
    Pause,

    /// <summary>Makes something happen around the words, in one step: what happens is in <see cref="Access.Word"/>.</summary>
    Happen,

    /// <summary>Sets bits by way of the store buffer, as a plain store of a flag would: for broken twins only.</summary>
    OrLater,
}

/// <summary>Is one step of an actor: between two of them, others may come.</summary>
/// <param name="Kind">What kind of step.</param>
/// <param name="Word">The index of the word.</param>
/// <param name="Value">What is written, or the bits.</param>
/// <param name="Expected">For a compare-exchange.</param>
internal readonly record struct Access(AccessKind Kind, int Word, ulong Value = 0, ulong Expected = 0)
{
    public bool TouchesWord => Kind is not (AccessKind.Pause or AccessKind.Happen);

    /// <summary>Gets whether it waits in the actor's store buffer, on a processor that has one.</summary>
    public bool IsBuffered => Kind is AccessKind.Store or AccessKind.OrLater;

    public bool Writes => TouchesWord && Kind != AccessKind.Load;

    /// <summary>Gets whether it is seen by all before the next access of the same actor: an x86 locked instruction.</summary>
    public bool IsFence => Writes && !IsBuffered;

    /// <summary>Tells what the word becomes.</summary>
    /// <param name="was">What it was.</param>
    public ulong Apply(ulong was) => Kind switch
    {
        AccessKind.Store or AccessKind.Exchange => Value,
        AccessKind.CompareExchange => was == Expected ? Value : was,
        AccessKind.Or or AccessKind.OrLater => was | Value,
        AccessKind.And => was & Value,
        AccessKind.Add => was + Value,
        _ => was,
    };

    /// <summary>Tells what the access returns.</summary>
    /// <param name="was">What the word was.</param>
    public ulong Result(ulong was) => Kind == AccessKind.Add ? was + Value : was;
}
