namespace Vpio.Hypervisor.Scheduling;

/// <summary>Is how a device is shared: its base slice, its grace, and what becomes of an owner that outlives it.</summary>
/// <param name="SliceNs">How long a slice of weight 1 is, nanoseconds.</param>
/// <param name="GraceNs">How long a grace is, nanoseconds.</param>
/// <param name="Policy">What becomes of an owner that outlives its grace.</param>
/// <remarks>Replaced whole. What has begun goes on under the terms under which it began.</remarks>
internal sealed record SharingTerms(long SliceNs, long GraceNs, OverrunPolicy Policy)
{
    /// <summary>Reads the terms that a hypervisor's devices begin with.</summary>
    /// <param name="options">How the hypervisor is set up.</param>
    /// <returns>The terms.</returns>
    public static SharingTerms From(HypervisorOptions options) =>
        new(Clock.Nanoseconds(options.Slice), Clock.Nanoseconds(options.Grace), options.Policy);
}
