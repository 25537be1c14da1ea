using Vpio.Hypervisor.Scheduling;

namespace Vpio.Hypervisor.Tracing;

/// <summary>Books one guest's use of one device.</summary>
/// <remarks>
/// Threads: any. The times of grant and wait are written by whoever grants or joins for this guest; if threads of one
/// guest race each other there, this guest's times are off and nobody else's. A grant is counted when it ends, by whoever
/// ended it: in RECLAIMING, and so alone. The one that has not ended is added by who reads.
/// </remarks>
internal sealed class OwnershipAccount
{
    private ulong _ended;
    private ulong _revocations;
    private ulong _forcedStops;
    private long _ownedNs;
    private long _waitedNs;
    private long _grantedAtNs;
    private long _joinedAtNs;

    /// <summary>Books that the guest begins to wait.</summary>
    /// <param name="nowNs">When.</param>
    public void Joining(long nowNs) => Volatile.Write(ref _joinedAtNs, nowNs);

    /// <summary>Gets whether the present ownership is timed.</summary>
    public bool IsTimed => Volatile.Read(ref _grantedAtNs) != 0;

    /// <summary>Stamps a grant that is about to be published, and so times its ownership.</summary>
    /// <param name="nowNs">When.</param>
    public void Granting(long nowNs) => Volatile.Write(ref _grantedAtNs, nowNs);

    /// <summary>Notes that a grant is about to be published whose ownership is not timed.</summary>
    public void GrantingUntimed() => Volatile.Write(ref _grantedAtNs, 0);

    /// <summary>Books the wait for a grant.</summary>
    public void GrantedInTurn() =>
        Interlocked.Add(ref _waitedNs, Math.Max(0, Volatile.Read(ref _grantedAtNs) - Volatile.Read(ref _joinedAtNs)));

    /// <summary>Books the end of an ownership. Called with the device in RECLAIMING.</summary>
    public void Ended() => Volatile.Write(ref _ended, _ended + 1);

    /// <summary>Books how long an ownership lasted that was timed.</summary>
    /// <param name="nowNs">When it ended.</param>
    public void TimedEnded(long nowNs)
    {
        long grantedAtNs = Interlocked.Exchange(ref _grantedAtNs, 0);
        if (grantedAtNs != 0)
            Interlocked.Add(ref _ownedNs, nowNs - grantedAtNs);
    }

    /// <summary>Books time that the guest owned the device in ownerships that are not timed.</summary>
    /// <param name="ns">How long, nanoseconds, as a sample tells.</param>
    public void Sampled(long ns) => Interlocked.Add(ref _ownedNs, ns);

    /// <summary>Books that the guest was asked to stop.</summary>
    public void Revoked() => Interlocked.Increment(ref _revocations);

    /// <summary>Books that the guest was stopped by force.</summary>
    public void ForciblyStopped() => Interlocked.Increment(ref _forcedStops);

    /// <summary>Gets how many ownerships have ended.</summary>
    public ulong EndedCount => Volatile.Read(ref _ended);

    /// <summary>Reads the books.</summary>
    /// <param name="ended"><see cref="EndedCount"/>, from before the caller looked whether the guest owns the device: one that ends meanwhile is counted once or not yet.</param>
    /// <param name="nowNs">The time now.</param>
    /// <param name="ownsNow">Whether the guest owns the device now: that ownership then counts too, and its time up to now.</param>
    /// <returns>The figures of this moment.</returns>
    public OwnershipStatistics Read(ulong ended, long nowNs, bool ownsNow)
    {
        long ownedNs = Volatile.Read(ref _ownedNs);
        long grantedAtNs = Volatile.Read(ref _grantedAtNs);
        if (ownsNow && grantedAtNs != 0)
            ownedNs += Math.Max(0, nowNs - grantedAtNs);
        return new OwnershipStatistics(
            ended + (ownsNow ? 1UL : 0),
            Volatile.Read(ref _revocations),
            Volatile.Read(ref _forcedStops),
            Clock.Span(ownedNs),
            Clock.Span(Volatile.Read(ref _waitedNs)));
    }
}
