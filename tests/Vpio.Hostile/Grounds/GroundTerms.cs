namespace Vpio.Hostile.Grounds;

/// <summary>Says how a proving ground shares its devices.</summary>
/// <param name="Slice">How long a guest may own a device that others wait for.</param>
/// <param name="Grace">How long an owner may take to release. Long, so that no neighbour is late because the machine has other work.</param>
/// <param name="Detaches">Whether an owner that outlives its grace loses only the device, and is quarantined when that happens too often; else it is stopped.</param>
public sealed record GroundTerms(TimeSpan Slice, TimeSpan Grace, bool Detaches)
{
    /// <summary>Gets the terms that most attacks run under.</summary>
    public static GroundTerms Usual { get; } = new(TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(1), Detaches: false);
}
