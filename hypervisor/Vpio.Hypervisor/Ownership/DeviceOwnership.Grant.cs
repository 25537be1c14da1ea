using Vpio.Abi;

namespace Vpio.Hypervisor.Ownership;

/// <content>
/// Grant: from RECLAIMING, to the next waiter in cyclic order or to FREE.
///
/// The granter is exclusive. It names a waiter in the word, then claims its bit: if the bit is gone, the waiter cancelled
/// first and the name is withdrawn. Named before claimed, so that a guest whose bit is gone can always tell from the word.
/// Bounded bypass (rule 4): the scan begins after the last owner that was granted in turn, and every other waiter lies on the way
/// back to it.
/// </content>
internal sealed partial class DeviceOwnership<TMemory, TEffects>
{
    /// <summary>Takes a free device in hand to grant it to a waiter; does nothing when somebody else was quicker.</summary>
    private void TryGrantFrom(StateWord free)
    {
        StateWord reclaiming = free.WithoutOwner(DeviceState.Reclaiming);
        if (TryReplace(free, reclaiming))
            GrantNextOrFree(reclaiming);
    }

    private void GrantNextOrFree(StateWord reclaiming)
    {
        do
        {
            while (TryFindNext(reclaiming, out DomainId next, out bool outOfTurn))
            {
                if (TryClaimNamed(reclaiming, next) && GrantTo(reclaiming, next, outOfTurn, out reclaiming))
                    return;
            }

            // ORDER full: FREE is seen before the waiters are looked at again. Pairs with TMemory.Or in WaitSet.Add.
            Publish(reclaiming.WithoutOwner(DeviceState.Free));
        }
        while (_waiting.Any() && TryReplace(reclaiming.WithoutOwner(DeviceState.Free), reclaiming));
    }

    private bool TryClaimNamed(StateWord reclaiming, DomainId next)
    {
        Publish(reclaiming.NextGrant(DeviceState.Reclaiming, next));
        if (Leave(next))
            return true;

        Publish(reclaiming);
        return false;
    }

    /// <summary>Hands the device to a waiter that was named and claimed.</summary>
    /// <param name="reclaiming">The word before it was named.</param>
    /// <param name="next">The waiter.</param>
    /// <param name="outOfTurn">Whether it is granted because it is preferred.</param>
    /// <param name="takenBack">The word to go on granting from, when the waiter turned out to be stopped.</param>
    /// <returns>Whether the granter's work is done.</returns>
    private bool GrantTo(StateWord reclaiming, DomainId next, bool outOfTurn, out StateWord takenBack)
    {
        if (outOfTurn)
            TMemory.Store(ref _outOfTurn, reclaiming.Generation.Next.Value);
        EndPreference(next);
        SwitchContext(LoadedContext, next);
        _effects.Granting(next, queued: true);

        // ORDER full: the loaded context is seen with OWNED, and OWNED before the mark is looked at. Pairs with TMemory.Or in GuestMarks.Set.
        StateWord owned = Publish(reclaiming.NextGrant(DeviceState.Owned, next));
        takenBack = reclaiming;
        if (_marks.IsSet(next))
            return !TryTakeBack(owned, out takenBack);

        _effects.Granted(owned, queued: true);
        if (_waiting.AnyBesides(next))
            _effects.StartSlice(owned);
        _effects.Tell(owned);
        return true;
    }

    /// <summary>The granter's second look after an uncontended grant.</summary>
    /// <returns><see langword="false"/> when the owner was stopped meanwhile, and the device is taken from it again.</returns>
    private bool Settle(StateWord owned)
    {
        if (_marks.IsSet(owned.Owner))
        {
            if (TryTakeBack(owned, out StateWord reclaiming))
                GrantNextOrFree(reclaiming);
            return false;
        }

        if (_waiting.AnyBesides(owned.Owner))
            _effects.StartSlice(owned);
        return true;
    }

    private void SwitchContext(DomainId from, DomainId to)
    {
        if (from == to)
            return;
        _effects.Switch(from, to);
        TMemory.Store(ref _context, to.Value);
    }
}
