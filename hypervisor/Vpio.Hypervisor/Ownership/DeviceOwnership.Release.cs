using Vpio.Abi;

namespace Vpio.Hypervisor.Ownership;

/// <summary>Says how a release ended.</summary>
internal enum ReleaseOutcome
{
    /// <summary>The device is given back, and granted on if somebody waits.</summary>
    Released,

    /// <summary>The caller is not the owner in this generation: nothing changed.</summary>
    NotOwner,
}

/// <content>
/// Release: OWNED or REVOKING → RECLAIMING, by the owner. The exchange is on the pair of owner and generation, so of a release,
/// a timeout, a stop and an unplug exactly one takes effect (rule 2), and a late release meets another word and changes nothing.
/// </content>
internal sealed partial class DeviceOwnership<TMemory, TEffects>
{
    /// <summary>Gives the device back.</summary>
    /// <param name="guest">Who gives it back.</param>
    /// <param name="generation">The ownership it has.</param>
    /// <returns>How it ended.</returns>
    public ReleaseOutcome Release(DomainId guest, Generation generation)
    {
        if (!TryEnd(new StateWord(DeviceState.Owned, guest, generation), out StateWord reclaiming))
            return ReleaseOutcome.NotOwner;

        GrantNextOrFree(reclaiming);
        return ReleaseOutcome.Released;
    }

    /// <summary>Ends an ownership, whether or not its revocation has begun, and quiesces the device.</summary>
    /// <param name="owned">The ownership, as OWNED.</param>
    /// <param name="reclaiming">The word to grant from, when this call ended it.</param>
    /// <returns>Whether this call ended it.</returns>
    private bool TryEnd(StateWord owned, out StateWord reclaiming)
    {
        // An ownership goes from OWNED to REVOKING at most once and never back, so two tries are all there is.
        reclaiming = owned.WithoutOwner(DeviceState.Reclaiming);
        StateWord held = owned;
        if (!TryReplace(held, reclaiming))
        {
            held = owned.With(DeviceState.Revoking);
            if (!TryReplace(held, reclaiming))
                return false;
        }

        Reclaim(held);
        return true;
    }

    /// <summary>Does what every ended ownership needs first: the device stops serving it (rule 7).</summary>
    private void Reclaim(StateWord held)
    {
        if (TMemory.Load(ref _outOfTurn) != held.Generation.Value)
            TMemory.Store(ref _lastOwner, held.Owner.Value);
        _effects.Quiesce();
        _effects.Ended(held);
    }
}
