using Vpio.Abi;
using Vpio.Abi.Layout;

namespace Vpio.Hypervisor.Ownership;

/// <summary>Marks the guests that may own nothing any more: quarantined, stopped, crashed or removed (rule 8).</summary>
/// <remarks>
/// A mark and a grant meet as in Dekker's algorithm: who stops a guest marks it and then looks for what it holds, who
/// grants publishes the ownership and then looks for the mark. Whichever comes second sees the other.
/// </remarks>
internal sealed class GuestMarks<TMemory>
    where TMemory : struct, IWordMemory
{
    [SharedWord]
    private readonly ulong[] _marks = new ulong[WaitSet<TMemory>.MaxGuests];

    /// <summary>Marks a guest, which keeps the marks that it has.</summary>
    /// <param name="guest">The guest.</param>
    /// <param name="mark">What it may not do from now on.</param>
    // ORDER full: the mark is seen before the stopper looks at any state word. Pairs with TMemory.Exchange in DeviceOwnership.Publish.
    public void Set(DomainId guest, GuestMark mark) => TMemory.Or(ref _marks[guest.Value - 1], (ulong)mark);

    /// <summary>Takes all marks away: the guest may call and own devices again.</summary>
    /// <param name="guest">The guest.</param>
    public void Clear(DomainId guest) => TMemory.Exchange(ref _marks[guest.Value - 1], (ulong)GuestMark.None);

    /// <summary>Tells whether a guest is marked in any way.</summary>
    /// <param name="guest">The guest.</param>
    /// <returns>Whether it may own nothing.</returns>
    public bool IsSet(DomainId guest) => TMemory.Load(ref _marks[guest.Value - 1]) != (ulong)GuestMark.None;

    /// <summary>Tells whether a guest is marked as stopped.</summary>
    /// <param name="guest">The guest.</param>
    /// <returns>Whether its calls are refused.</returns>
    public bool IsStopped(DomainId guest) => TMemory.Load(ref _marks[guest.Value - 1]) == (ulong)GuestMark.Stopped;
}
