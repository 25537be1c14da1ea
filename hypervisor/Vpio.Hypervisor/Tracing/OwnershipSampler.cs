using Vpio.Abi;
using Vpio.Hypervisor.Scheduling;

namespace Vpio.Hypervisor.Tracing;

/// <summary>Books how long guests own a device while its ownerships are too brief to be timed one by one: it looks now and then who owns it.</summary>
/// <remarks>
/// A look at the clock costs several times what the rest of an uncontended grab does. So where many of them follow each other closely, none is
/// timed, and every 10 ms whoever owns the device has owned it for that long: right on the whole, as the processor time is that a kernel
/// counts in ticks. It ends by itself when ownerships are brief no more, as two looks tell by their generations: from there on each ownership is timed again, the
/// present one included.
/// A guest that grabs hundreds of times in a period, and holds the device long between two looks, is counted short: slices, debts and turns do not go by these books.
/// Threads: notes may race, and then it begins a little later; looks are the timer's.
/// </remarks>
internal sealed class OwnershipSampler(Clock clock, DeadlineQueue deadlines, Func<StateWord> state, Func<DomainId, OwnershipAccount?> accountOf) : Deadline
{
    /// <summary>How many grants in a row must be brief.</summary>
    internal const int BriefGrants = 64;

    /// <summary>How long at most after the one before a grant is made that counts as brief.</summary>
    internal const long BriefNs = 10_000;

    /// <summary>How long it is from one look to the next.</summary>
    internal const long PeriodNs = 10_000_000;

    /// <summary>How many ownerships there must be from one look to the next: on the average, each may last four times as long as what counts as brief.</summary>
    internal const ulong FewestInPeriod = PeriodNs / BriefNs / 4;

    private bool _isOn;
    private bool _hasEnded;
    private int _briefInRow;
    private long _grantedAtNs;
    private long _lookedAtNs;
    private StateWord _seen;

    /// <summary>Gets whether it looks now and then, and grants that nobody waited for need not be timed.</summary>
    public bool IsOn => Volatile.Read(ref _isOn);

    /// <summary>Notes a grant that was timed and that nobody waited for.</summary>
    /// <param name="nowNs">When.</param>
    public void Note(long nowNs)
    {
        _briefInRow = nowNs - _grantedAtNs <= BriefNs ? _briefInRow + 1 : 0;
        _grantedAtNs = nowNs;
        if (_briefInRow < BriefGrants)
            return;
        _briefInRow = 0;
        Begin(nowNs);
    }

    /// <inheritdoc/>
    internal override void Expired()
    {
        long nowNs = clock.NowNs;
        StateWord seen = state();
        OwnershipAccount? account = seen.IsHeld ? accountOf(seen.Owner) : null;
        if (account is { IsTimed: false })
            account.Sampled(nowNs - _lookedAtNs);
        if (Volatile.Read(ref _hasEnded))
        {
            Volatile.Write(ref _isOn, false);
            return;
        }

        if (seen.Generation.Value - _seen.Generation.Value < FewestInPeriod)
        {
            if (account is { IsTimed: false })
                account.Granting(nowNs);
            Volatile.Write(ref _isOn, false);
            return;
        }

        _seen = seen;
        LookAgainAfter(nowNs);
    }

    /// <summary>Ends it for good: the device is gone.</summary>
    public void End()
    {
        Volatile.Write(ref _hasEnded, true);
        deadlines.Clear(this);
    }

    private void Begin(long nowNs)
    {
        if (Volatile.Read(ref _hasEnded))
            return;
        _seen = state();
        Volatile.Write(ref _isOn, true);
        LookAgainAfter(nowNs);
    }

    private void LookAgainAfter(long nowNs)
    {
        _lookedAtNs = nowNs;
        deadlines.Set(this, nowNs + PeriodNs);
    }
}
