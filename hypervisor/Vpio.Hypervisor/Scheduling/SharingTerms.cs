namespace Vpio.Hypervisor.Scheduling;

/// <summary>Is how a device is shared: its base slice, its grace, and what becomes of an owner that outlives it.</summary>
/// <param name="SliceNs">How long a slice of weight 1 is, nanoseconds.</param>
/// <param name="GraceNs">How long a grace is, nanoseconds.</param>
/// <param name="Policy">What becomes of an owner that outlives its grace.</param>
/// <remarks>Replaced whole. What has begun goes on under the terms under which it began.</remarks>
internal sealed record SharingTerms(long SliceNs, long GraceNs, OverrunPolicy Policy)
{
    /// <summary>The shortest slice of weight 1, and the shortest grace.</summary>
    public static readonly TimeSpan MinDuration = TimeSpan.FromMicroseconds(100);

    /// <summary>The longest slice of weight 1, and the longest grace.</summary>
    public static readonly TimeSpan MaxDuration = TimeSpan.FromSeconds(1);
}
