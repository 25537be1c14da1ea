using Vpio.Abi;
using Vpio.Abi.Layout;

namespace Vpio.Hypervisor.Ownership;

/// <content>
/// Prefer: a guest for which something arrived is granted next, out of turn, if it waits or as soon as it does; the slice of the
/// present owner is cut short. The preference ends with the grant.
///
/// Everybody's wait stays bounded: between two grants in turn there is one out of turn at most, and it does not move the place
/// from which the cyclic scan goes on. So a guest that waits sees at most twice as many others before it. And everybody has
/// its share: the slice that follows one out of turn is not cut, or a guest for which much arrives would have the device nearly alone.
/// No preference is lost: who prefers sets the bit and then looks whether the guest waits, who joins does so and then looks
/// whether it is preferred.
/// </content>
internal sealed partial class DeviceOwnership<TMemory, TEffects>
{
    private readonly WaitSet<TMemory> _preferred;

    // The generation that was granted out of turn last. Written only in RECLAIMING, as the loaded context is.
    [SharedWord]
    private ulong _outOfTurn = NoGeneration;

    // No generation has this number: they have 40 bits.
    private const ulong NoGeneration = ulong.MaxValue;

    /// <summary>Lets a guest be granted next.</summary>
    /// <param name="guest">The guest.</param>
    public void Prefer(DomainId guest)
    {
        // ORDER full: the preference is seen before it is looked whether the guest waits. Pairs with TMemory.Or in WaitSet.Add.
        if (_preferred.Add(guest) && _waiting.Contains(guest))
            CutSliceOf(State, guest);
    }

    private void CutSliceOf(StateWord seen, DomainId preferred)
    {
        if (seen.State == DeviceState.Owned && seen.Owner != preferred && !FollowsOneOutOfTurn(seen))
            _effects.CutSlice(seen);
    }

    /// <summary>Tells whether an ownership came right after one out of turn. Then it is in turn, and has its full slice however much arrives for others.</summary>
    private bool FollowsOneOutOfTurn(StateWord owned)
    {
        Generation before = new(owned.Generation.Value - 1);

        // ORDER acquire: stored before the word that the caller saw was published. Pairs with TMemory.Exchange in DeviceOwnership.Publish.
        return TMemory.Load(ref _outOfTurn) == before.Value;
    }

    private void EndPreference(DomainId guest)
    {
        if (_preferred.Contains(guest))
            _preferred.TryClaim(guest);
    }

    /// <summary>Finds the waiter that is granted next: a preferred one, unless the last grant was out of turn; else who comes next in cyclic order.</summary>
    private bool TryFindNext(StateWord reclaiming, out DomainId next, out bool outOfTurn)
    {
        DomainId last = new((ushort)TMemory.Load(ref _lastOwner));
        bool mayBeOutOfTurn = TMemory.Load(ref _outOfTurn) != reclaiming.Generation.Value;
        outOfTurn = _waiting.TryFindAfter(last, _preferred, out next) && mayBeOutOfTurn;
        return outOfTurn || _waiting.TryFindAfter(last, out next);
    }
}
