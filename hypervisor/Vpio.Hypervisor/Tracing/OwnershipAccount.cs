using Vpio.Hypervisor.Scheduling;

namespace Vpio.Hypervisor.Tracing;

/// <summary>Books one guest's use of one device.</summary>
/// <remarks>
/// Threads: any. The times of grant and wait are written by whoever grants or joins for this guest; if threads of one
/// guest race each other there, this guest's times are off and nobody else's.
/// </remarks>
internal sealed class OwnershipAccount
{
    private ulong _grants;
    private ulong _revocations;
    private ulong _forcedStops;
    private long _ownedNs;
    private long _waitedNs;
    private long _grantedAtNs;
    private long _joinedAtNs;

    /// <summary>Books that the guest begins to wait.</summary>
    /// <param name="nowNs">When.</param>
    public void Joining(long nowNs) => Volatile.Write(ref _joinedAtNs, nowNs);

    /// <summary>Stamps a grant that is about to be published.</summary>
    /// <param name="nowNs">When.</param>
    public void Granting(long nowNs) => Volatile.Write(ref _grantedAtNs, nowNs);

    /// <summary>Books a grant.</summary>
    /// <param name="queued">Whether the guest waited for it.</param>
    public void Granted(bool queued)
    {
        Interlocked.Increment(ref _grants);
        if (queued)
            Interlocked.Add(ref _waitedNs, Math.Max(0, Volatile.Read(ref _grantedAtNs) - Volatile.Read(ref _joinedAtNs)));
    }

    /// <summary>Books the end of an ownership.</summary>
    /// <param name="nowNs">When.</param>
    public void Ended(long nowNs)
    {
        long grantedAtNs = Interlocked.Exchange(ref _grantedAtNs, 0);
        if (grantedAtNs != 0)
            Interlocked.Add(ref _ownedNs, nowNs - grantedAtNs);
    }

    /// <summary>Books that the guest was asked to stop.</summary>
    public void Revoked() => Interlocked.Increment(ref _revocations);

    /// <summary>Books that the guest was stopped by force.</summary>
    public void ForciblyStopped() => Interlocked.Increment(ref _forcedStops);

    /// <summary>Reads the books.</summary>
    /// <param name="nowNs">The time now.</param>
    /// <param name="ownsNow">Whether the guest owns the device now: that ownership then counts up to now.</param>
    /// <returns>The figures of this moment.</returns>
    public OwnershipStatistics Read(long nowNs, bool ownsNow)
    {
        long ownedNs = Volatile.Read(ref _ownedNs);
        long grantedAtNs = Volatile.Read(ref _grantedAtNs);
        if (ownsNow && grantedAtNs != 0)
            ownedNs += Math.Max(0, nowNs - grantedAtNs);
        return new OwnershipStatistics(
            Volatile.Read(ref _grants),
            Volatile.Read(ref _revocations),
            Volatile.Read(ref _forcedStops),
            Clock.Span(ownedNs),
            Clock.Span(Volatile.Read(ref _waitedNs)));
    }
}
