namespace Vpio.Hypervisor.Tracing;

/// <summary>Tells how one guest used one device.</summary>
/// <param name="Grants">How often it was granted the device.</param>
/// <param name="Revocations">How often it was asked to stop.</param>
/// <param name="ForcedStops">How often it was stopped by force.</param>
/// <param name="Owned">How long it owned the device, the present ownership included.</param>
/// <param name="Waited">How long it waited for the grants that it queued for.</param>
public readonly record struct OwnershipStatistics(ulong Grants, ulong Revocations, ulong ForcedStops, TimeSpan Owned, TimeSpan Waited);
