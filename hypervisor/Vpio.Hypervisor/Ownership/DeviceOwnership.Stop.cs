using Vpio.Abi;

namespace Vpio.Hypervisor.Ownership;

/// <content>
/// Stop: everything that a marked guest has of this device is taken from it (rule 8). Its owner's mark must be set before.
/// A granter that published too late to be seen here sees the mark instead, and takes the device back itself.
/// </content>
internal sealed partial class DeviceOwnership<TMemory, TEffects>
{
    /// <summary>Takes a marked guest out of the wait set.</summary>
    /// <param name="guest">The guest.</param>
    public void Dequeue(DomainId guest)
    {
        Leave(guest);
        EndPreference(guest);
    }

    /// <summary>Takes the device from a marked guest, and its context off the device.</summary>
    /// <param name="guest">The guest.</param>
    /// <returns>Whether it held the device.</returns>
    public bool Strip(DomainId guest)
    {
        for (int turn = 0; ; turn++)
        {
            StateWord seen = State;
            if (seen.IsHeld && seen.Owner == guest)
            {
                if (!TryEnd(seen.With(DeviceState.Owned), out StateWord reclaiming))
                    continue;
                GrantAfterReset(reclaiming, guest);
                return true;
            }

            if (seen.State == DeviceState.Free && LoadedContext == guest)
            {
                // The next generation: FREE with this one stands for a device that still has the context, and a grab
                // that saw it must not succeed any more.
                StateWord reclaiming = seen.Renewed(DeviceState.Reclaiming);
                if (!TryReplace(seen, reclaiming))
                    continue;
                _effects.Quiesce();
                GrantAfterReset(reclaiming, guest);
                return false;
            }

            if (seen.State != DeviceState.Reclaiming)
            {
                // Another guest owns the device, or it is offline: nothing of this guest is in reach, and its context
                // may only be thrown away by who is exclusive. A marked guest never gets it back to use it.
                return false;
            }

            // Whoever reclaims is about to publish, and then it can be seen whether this guest is concerned.
            TMemory.Pause(turn);
        }
    }

    /// <summary>Resets the device after a forced end and grants it on.</summary>
    /// <param name="reclaiming">The word that the forced end left.</param>
    /// <param name="former">The guest it was taken from.</param>
    private void GrantAfterReset(StateWord reclaiming, DomainId former)
    {
        Discard(former);
        GrantNextOrFree(reclaiming);
    }

    private bool TryTakeBack(StateWord owned, out StateWord reclaiming)
    {
        if (!TryEnd(owned, out reclaiming))
            return false;
        Discard(owned.Owner);
        return true;
    }

    private void Discard(DomainId former)
    {
        _effects.ResetContext(former);
        TMemory.Store(ref _context, DomainId.InvalidValue);
    }
}
