namespace Vpio.Hypervisor.Tracing;

/// <summary>Tells how a device was shared.</summary>
/// <param name="Grants">How often it was granted.</param>
/// <param name="HandOvers">How often its context was switched from one guest to another.</param>
/// <param name="Revocations">How often an owner was asked to stop.</param>
/// <param name="ForcedStops">How often an owner was stopped by force.</param>
/// <param name="UpcallToReleaseP50">The median of the time from asking an owner to stop to the end of its ownership.</param>
/// <param name="UpcallToReleaseP99">The 99th percentile of that time.</param>
/// <param name="UpcallToReleaseCount">How many such times there are.</param>
public readonly record struct DeviceStatistics(
    ulong Grants, ulong HandOvers, ulong Revocations, ulong ForcedStops, TimeSpan UpcallToReleaseP50, TimeSpan UpcallToReleaseP99, ulong UpcallToReleaseCount);
