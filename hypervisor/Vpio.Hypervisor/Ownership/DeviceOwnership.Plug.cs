using Vpio.Abi;

namespace Vpio.Hypervisor.Ownership;

/// <content>
/// Plug: OFFLINE → FREE and back (rule 10). Unplug goes by RECLAIMING like every other end, then empties the wait set; a joiner that
/// comes later sees OFFLINE when it looks again, and withdraws. Generations go on, so that no old ownership comes back; replug takes
/// a new one, so that a grab that saw the device FREE before it was unplugged does not succeed after.
/// </content>
internal sealed partial class DeviceOwnership<TMemory, TEffects>
{
    /// <summary>Puts the device on offer.</summary>
    /// <returns>Whether it was offline.</returns>
    public bool Plug()
    {
        StateWord offline = State;
        return offline.State == DeviceState.Offline
            && TryReplace(offline, offline.Renewed(DeviceState.Free));
    }

    /// <summary>Takes the device away from everybody.</summary>
    /// <param name="owner">The guest it was taken from; <see cref="DomainId.Invalid"/> when nobody held it.</param>
    /// <returns>Whether this call did; otherwise it was offline already.</returns>
    public bool Unplug(out DomainId owner)
    {
        owner = DomainId.Invalid;
        for (int turn = 0; ; turn++)
        {
            StateWord seen = State;
            switch (seen.State)
            {
                case DeviceState.Offline:
                    return false;
                case DeviceState.Reclaiming:
                    TMemory.Pause(turn);
                    continue;
            }

            StateWord reclaiming = seen.WithoutOwner(DeviceState.Reclaiming);
            if (!TryReplace(seen, reclaiming))
                continue;
            owner = seen.Owner;
            TakeOffline(seen, reclaiming);
            return true;
        }
    }

    private void TakeOffline(StateWord seen, StateWord reclaiming)
    {
        if (seen.IsHeld)
            Reclaim(seen);
        else
            _effects.Quiesce();
        Discard(LoadedContext);

        // ORDER full: OFFLINE is seen before the wait set is emptied. Pairs with TMemory.Or in WaitSet.Add.
        Publish(reclaiming.WithoutOwner(DeviceState.Offline));
        if (seen.IsHeld)
            _effects.Removed(seen.Owner);
        while (_waiting.TryFindAfter(DomainId.Invalid, out DomainId waiter))
        {
            if (Leave(waiter))
                _effects.Removed(waiter);
        }
    }
}
