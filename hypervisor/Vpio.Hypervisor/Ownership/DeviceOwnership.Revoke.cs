using Vpio.Abi;

namespace Vpio.Hypervisor.Ownership;

/// <summary>Says how the end of a slice ended.</summary>
internal enum RevokeOutcome
{
    /// <summary>The owner is asked to stop, and its grace begins.</summary>
    Begun,

    /// <summary>Nobody waits: the owner goes on (rule 5).</summary>
    NobodyWaits,

    /// <summary>The ownership ended first.</summary>
    AlreadyGone,
}

/// <content>
/// Revoke: OWNED → REVOKING when the slice is used up, REVOKING → RECLAIMING when the grace is. Both exchanges carry the word
/// that was timed: its generation keeps the owner's next ownership safe from the timer of this one.
/// </content>
internal sealed partial class DeviceOwnership<TMemory, TEffects>
{
    /// <summary>Asks for the device back from an owner whose slice is over.</summary>
    /// <param name="owned">The word that was timed.</param>
    /// <returns>How it ended.</returns>
    public RevokeOutcome TryRevoke(StateWord owned)
    {
        if (State != owned)
            return RevokeOutcome.AlreadyGone;
        if (!_waiting.AnyBesides(owned.Owner))
            return RevokeOutcome.NobodyWaits;

        // An owned word changes in two ways only: here, and by the end of the ownership. So one exchange decides.
        // ORDER full: the guest sees REVOKING before the upcall that the caller raises next. Pairs with Volatile.Read in DeviceSlot.ReadState.
        return TryReplace(owned, owned.With(DeviceState.Revoking)) ? RevokeOutcome.Begun : RevokeOutcome.AlreadyGone;
    }

    /// <summary>Takes the device from an owner whose grace is over. Its window is dead from here on.</summary>
    /// <param name="revoking">The word that was timed.</param>
    /// <returns>Whether the timeout won, and <see cref="GrantAfterTimeOut"/> must follow; otherwise the ownership ended first.</returns>
    public bool TryTimeOut(StateWord revoking) => TryReplace(revoking, revoking.WithoutOwner(DeviceState.Reclaiming));

    /// <summary>Does what a timeout that won leaves to do: quiesces and resets the device, and grants it on.</summary>
    /// <param name="revoking">The word that was timed. An owner that is to be stopped is marked before, so that it is not granted again.</param>
    public void GrantAfterTimeOut(StateWord revoking)
    {
        Reclaim(revoking);
        GrantAfterReset(revoking.WithoutOwner(DeviceState.Reclaiming), revoking.Owner);
    }
}
