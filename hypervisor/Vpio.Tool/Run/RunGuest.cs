using Vpio.Hypervisor;
using Vpio.Hypervisor.Guests;
using Vpio.Hypervisor.Tracing;
using Vpio.Jobs;
using Vpio.Tool.Accounting;
using Vpio.Tool.Jobs;
using Vpio.Tool.Traffic;

namespace Vpio.Tool.Run;

/// <summary>Is a guest of a run as domain 0 sees it: what it is to do, where its program runs, and what it says it does.</summary>
/// <param name="plan">What it is to do.</param>
/// <param name="kind">Where it lives.</param>
/// <param name="account">Where its frames are accounted for.</param>
/// <param name="device">The device that it shares.</param>
/// <remarks>One that was replaced is the same guest of the run: plan, address and account stay.</remarks>
internal sealed class RunGuest(GuestPlan plan, GuestKind kind, GuestAccount account, SharedDevice device)
{
    private OwnershipStatistics _formerUse;
    private bool _endIsNoted;
    private bool _wasQuarantined;
    private bool _isDismissed;

    /// <summary>Gets what it is to do.</summary>
    internal GuestPlan Plan => plan;

    /// <summary>Gets where it lives.</summary>
    internal GuestKind Kind => kind;

    /// <summary>Gets where its frames are accounted for.</summary>
    internal GuestAccount Account => account;

    /// <summary>Gets the guest.</summary>
    internal required Guest Guest { get; set; }

    /// <summary>Gets domain 0's end of its job.</summary>
    internal required Domain0End End { get; set; }

    /// <summary>Gets what its program runs in.</summary>
    internal required IGuestBody Body { get; set; }

    /// <summary>Gets how often it was replaced.</summary>
    internal int Replacements { get; private set; }

    /// <summary>Gets what it is doing: what it says, unless the hypervisor knows better.</summary>
    internal GuestActivity Activity => Guest.State switch
    {
        GuestState.Running => End.Activity,
        GuestState.Quarantined => GuestActivity.Quarantined,
        _ => AfterItsEnd(),
    };

    /// <summary>Gets whether it has come up, or never will.</summary>
    internal bool HasComeUp => Activity != GuestActivity.Starting;

    /// <summary>Gets whether nothing moves in it any more, of its own accord or not.</summary>
    internal bool HasEnded => IsLost || Activity is GuestActivity.Done or GuestActivity.Failed;

    /// <summary>Gets whether it was stopped, or its process ended, before it had done: what was on its way to or from it stays there.</summary>
    internal bool IsLost => Activity is GuestActivity.Stopped or GuestActivity.Quarantined or GuestActivity.Dead;

    /// <summary>Gets whether nothing more will come from it: all is sent, it has nothing to send, or it has ended.</summary>
    internal bool HasSentAll => plan.Outgoing is null || HasEnded || End.HasSentAll;

    /// <summary>Gets how it used the device so far.</summary>
    internal OwnershipStatistics Use => Sum(_formerUse, device.GetOwnershipStatistics(Guest));

    /// <summary>Notes its end, once: who waits for what it receives waits no more, and a program that failed is a fault.</summary>
    /// <param name="ledger">The accounts.</param>
    internal void NoteEnd(FrameLedger ledger)
    {
        if (_endIsNoted || !HasEnded)
            return;
        _endIsNoted = true;
        _wasQuarantined = Guest.State == GuestState.Quarantined;
        account.Receiving.Close();
        if (Activity == GuestActivity.Failed)
            ledger.Blame($"the program of guest {Guest.Id} failed: {End.Failure}");
    }

    /// <summary>Stops it by force, because it does not end by itself.</summary>
    internal void Dismiss()
    {
        _isDismissed = true;
        Guest.Stop();
    }

    /// <summary>Notes that it is about to be replaced.</summary>
    internal void Leave()
    {
        _formerUse = Use;
        _endIsNoted = false;
        _wasQuarantined = false;
        Replacements++;
    }

    // A process that ends is a stopped guest, also when it ended because it had done, or was quarantined and the run is over.
    private GuestActivity AfterItsEnd()
    {
        if (_wasQuarantined)
            return GuestActivity.Quarantined;
        GuestActivity said = End.Activity;
        if (said == GuestActivity.Failed || (said == GuestActivity.Done && Body.EndedWell))
            return said;
        bool byForce = _isDismissed || Body.End is null || device.GetOwnershipStatistics(Guest).ForcedStops > 0;
        return byForce ? GuestActivity.Stopped : GuestActivity.Dead;
    }

    private static OwnershipStatistics Sum(OwnershipStatistics a, OwnershipStatistics b) =>
        new(a.Grants + b.Grants, a.Revocations + b.Revocations, a.ForcedStops + b.ForcedStops, a.Owned + b.Owned, a.Waited + b.Waited);
}
