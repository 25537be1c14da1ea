using Vpio.Hostile.Grounds;

namespace Vpio.Hostile.Judging;

/// <summary>Counts how hostile guests ended.</summary>
internal sealed class Endings
{
    private readonly long[] _counts = new long[Enum.GetValues<GuestStanding>().Length];

    /// <summary>Counts one more.</summary>
    public void Add(GuestStanding standing) => Interlocked.Increment(ref _counts[(int)standing]);

    /// <summary>Gets how often each way to end was met.</summary>
    public long this[GuestStanding standing] => Volatile.Read(ref _counts[(int)standing]);
}
