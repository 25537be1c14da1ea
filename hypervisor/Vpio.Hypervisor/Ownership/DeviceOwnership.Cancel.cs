using Vpio.Abi;

namespace Vpio.Hypervisor.Ownership;

/// <summary>Says how a cancel ended.</summary>
internal enum CancelOutcome
{
    /// <summary>The guest waits no more and gets no grant.</summary>
    Left,

    /// <summary>The guest was not waiting.</summary>
    NotQueued,

    /// <summary>The grant came first.</summary>
    Granted,
}

/// <content>
/// Cancel: out of the wait set, unless the grant comes first. Claiming the bit decides (rule 9). The granter names the guest
/// in the word before it claims, so a bit that is gone without the word naming the guest was never there.
/// </content>
internal sealed partial class DeviceOwnership<TMemory, TEffects>
{
    /// <summary>Takes a guest out of the wait set.</summary>
    /// <param name="guest">The guest.</param>
    /// <returns>How it ended.</returns>
    public CancelOutcome Cancel(DomainId guest)
    {
        for (int turn = 0; ; turn++)
        {
            if (Leave(guest))
                return CancelOutcome.Left;

            StateWord seen = State;
            if (seen.Owner != guest)
                return CancelOutcome.NotQueued;
            if (seen.IsHeld)
                return CancelOutcome.Granted;

            // Named, not yet granted: another thread's cancel may have been first, and the granter withdraws the name.
            TMemory.Pause(turn);
        }
    }
}
