using Vpio.Hypervisor.Ownership;

namespace Vpio.Protocol.Tests.Exploration;

/// <summary>Is shared memory in which every access is a step that the explorer puts in order.</summary>
/// <remarks>
/// The words themselves never change once they are explored: each holds its number in place of a value, and what it is at some
/// moment is the explorer's business. Before that, while a situation is set up, they are plain words.
/// </remarks>
internal readonly struct ExploredMemory : IWordMemory
{
    [ThreadStatic]
    private static Rehearsal? _rehearsal;

    /// <summary>Runs a step of an actor up to its next access.</summary>
    public static void Rehearse(Rehearsal rehearsal, Action step)
    {
        _rehearsal = rehearsal;
        try
        {
            step();
        }
        finally
        {
            _rehearsal = null;
        }
    }

    public static ulong Load(ref ulong word) => Touch(AccessKind.Load, ref word);

    public static void Store(ref ulong word, ulong value) => Touch(AccessKind.Store, ref word, value);

    public static ulong Exchange(ref ulong word, ulong value) => Touch(AccessKind.Exchange, ref word, value);

    public static ulong CompareExchange(ref ulong word, ulong value, ulong expected) =>
        Touch(AccessKind.CompareExchange, ref word, value, expected);

    public static ulong Or(ref ulong word, ulong bits) => Touch(AccessKind.Or, ref word, bits);

    public static ulong And(ref ulong word, ulong bits) => Touch(AccessKind.And, ref word, bits);

    public static ulong Add(ref ulong word, ulong value) => Touch(AccessKind.Add, ref word, value);

    public static void Pause(int turn)
    {
        if (_rehearsal is null)
            throw new InvalidOperationException("Setting up a situation must not wait.");
        _rehearsal.Perform(new Access(AccessKind.Pause, 0));
    }

    /// <summary>Makes something happen in a step of its own, before and after which others may come.</summary>
    /// <returns>What came of it.</returns>
    public static ulong Happen(Happening what, ulong value) => _rehearsal?.Perform(new Access(AccessKind.Happen, (int)what, value)) ?? 0;

    /// <summary>Makes something happen in one step with the access before it; at the beginning of a call, with the first access.</summary>
    public static void Note(Happening what, ulong value) => _rehearsal?.Note(new Note(what, value));

    /// <summary>Says that the code under test remembers nothing of this call from here on, but what happens here.</summary>
    public static void Pass(Happening what, ulong value) => _rehearsal?.Pass(new Note(what, value));

    private static ulong Touch(AccessKind kind, ref ulong word, ulong value = 0, ulong expected = 0)
    {
        if (_rehearsal is { } rehearsal)
            return rehearsal.Perform(new Access(kind, rehearsal.Words.IndexOf(ref word), value, expected));

        ulong was = word;
        Access access = new(kind, 0, value, expected);
        word = access.Apply(was);
        return access.Result(was);
    }
}
