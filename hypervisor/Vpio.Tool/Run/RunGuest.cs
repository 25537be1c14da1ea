using Vpio.Hypervisor;
using Vpio.Hypervisor.Guests;
using Vpio.Hypervisor.Tracing;
using Vpio.Tool.Accounting;
using Vpio.Tool.Jobs;
using Vpio.Tool.Traffic;

namespace Vpio.Tool.Run;

/// <summary>Is a guest of a run as domain 0 sees it: what it is to do, where its program runs, and what it says it does.</summary>
/// <param name="plan">What it is to do.</param>
/// <param name="guest">The guest.</param>
/// <param name="end">Domain 0's end of its job.</param>
/// <param name="body">What its program runs in.</param>
/// <param name="account">Where its frames are accounted for.</param>
internal sealed class RunGuest(GuestPlan plan, Guest guest, Domain0End end, IGuestBody body, GuestAccount account)
{
    private bool _endIsNoted;

    /// <summary>Gets what it is to do.</summary>
    internal GuestPlan Plan => plan;

    /// <summary>Gets the guest.</summary>
    internal Guest Guest => guest;

    /// <summary>Gets domain 0's end of its job.</summary>
    internal Domain0End End => end;

    /// <summary>Gets what its program runs in.</summary>
    internal IGuestBody Body => body;

    /// <summary>Gets where its frames are accounted for.</summary>
    internal GuestAccount Account => account;

    /// <summary>Gets what it is doing: what it says, unless the hypervisor knows better.</summary>
    internal GuestActivity Activity => guest.State switch
    {
        GuestState.Running => end.Activity,
        GuestState.Quarantined => GuestActivity.Quarantined,
        _ => GuestActivity.Stopped,
    };

    /// <summary>Gets whether it has come up, or never will.</summary>
    internal bool HasComeUp => Activity != GuestActivity.Starting;

    /// <summary>Gets whether nothing moves in it any more, of its own accord or not.</summary>
    internal bool HasEnded => Activity is GuestActivity.Done or GuestActivity.Stopped or GuestActivity.Quarantined or GuestActivity.Failed;

    /// <summary>Gets whether nothing more will come from it: all is sent, it has nothing to send, or it has ended.</summary>
    internal bool HasSentAll => plan.Outgoing is null || HasEnded || end.HasSentAll;

    /// <summary>Tells how it used the device.</summary>
    /// <param name="device">The device.</param>
    internal OwnershipStatistics UseOf(SharedDevice device) => device.GetOwnershipStatistics(guest);

    /// <summary>Notes its end, once: who waits for what it receives waits no more, and a program that failed is a fault.</summary>
    /// <param name="ledger">The accounts.</param>
    internal void NoteEnd(FrameLedger ledger)
    {
        if (_endIsNoted || !HasEnded)
            return;
        _endIsNoted = true;
        account.Receiving.Close();
        if (Activity == GuestActivity.Failed)
            ledger.Blame($"the program of guest {guest.Id} failed: {end.Failure}");
    }
}
