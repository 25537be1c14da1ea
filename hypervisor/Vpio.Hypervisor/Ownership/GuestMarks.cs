using Vpio.Abi;

namespace Vpio.Hypervisor.Ownership;

/// <summary>Marks the guests that may own nothing any more: stopped, crashed or removed (rule 8).</summary>
/// <remarks>
/// A mark and a grant meet as in Dekker's algorithm: who stops a guest marks it and then looks for what it holds, who
/// grants publishes the ownership and then looks for the mark. Whichever comes second sees the other.
/// </remarks>
internal sealed class GuestMarks<TMemory>
    where TMemory : struct, IWordMemory
{
    private readonly ulong[] _marks = new ulong[WaitSet<TMemory>.MaxGuests];

    /// <summary>Marks a guest.</summary>
    /// <param name="guest">The guest.</param>
    /// <returns>Whether this call did: of several who stop a guest at once, one goes on to do the work.</returns>
    // ORDER full: the mark is seen before the stopper looks at any state word. Pairs with TMemory.Exchange in DeviceOwnership.Publish.
    public bool TrySet(DomainId guest) => TMemory.Exchange(ref _marks[guest.Value - 1], 1) == 0;

    /// <summary>Takes a mark away: the guest may own devices again.</summary>
    /// <param name="guest">The guest.</param>
    public void Clear(DomainId guest) => TMemory.Exchange(ref _marks[guest.Value - 1], 0);

    /// <summary>Tells whether a guest is marked.</summary>
    /// <param name="guest">The guest.</param>
    /// <returns>Whether it may own nothing.</returns>
    public bool IsSet(DomainId guest) => TMemory.Load(ref _marks[guest.Value - 1]) != 0;
}
