namespace Vpio.Hypervisor.Devices.Network;

/// <summary>Counts the frames for one guest that never reached it, each in exactly one place.</summary>
/// <param name="ParkingFull">Dropped: as many frames were parked as may be.</param>
/// <param name="GroupQuota">Dropped: as many frames to groups were parked as may be.</param>
/// <param name="ByPolicy">Dropped: the guest did not hold the device, and its <see cref="ReceivePolicy"/> keeps nothing then.</param>
/// <param name="GuestStopped">Dropped: the guest was stopped.</param>
/// <param name="Discarded">Accepted, and thrown away when the guest was stopped.</param>
public readonly record struct NicDrops(ulong ParkingFull, ulong GroupQuota, ulong ByPolicy, ulong GuestStopped, ulong Discarded)
{
    /// <summary>Gets how many there are in all.</summary>
    public ulong Total => ParkingFull + GroupQuota + ByPolicy + GuestStopped + Discarded;

    /// <summary>Counts one more that was dropped.</summary>
    internal NicDrops With(FrameFate fate) => fate switch
    {
        FrameFate.DroppedParkingFull => this with { ParkingFull = ParkingFull + 1 },
        FrameFate.DroppedGroupQuota => this with { GroupQuota = GroupQuota + 1 },
        FrameFate.DroppedByPolicy => this with { ByPolicy = ByPolicy + 1 },
        FrameFate.DroppedGuestStopped => this with { GuestStopped = GuestStopped + 1 },
        _ => throw new ArgumentOutOfRangeException(nameof(fate), fate, "A frame of this fate was not dropped."),
    };
}
