namespace Vpio.Hypervisor.Devices.Network;

/// <summary>Says what becomes of a frame that arrived for a guest.</summary>
public enum FrameFate
{
    /// <summary>It is delivered in its turn: now, or when the guest next holds the device.</summary>
    Accepted,

    /// <summary>It was dropped: as many frames are parked for the guest as may be.</summary>
    DroppedParkingFull,

    /// <summary>It was dropped: as many frames to groups are parked for the guest as may be.</summary>
    DroppedGroupQuota,

    /// <summary>It was dropped: the guest did not hold the device, and its <see cref="ReceivePolicy"/> keeps nothing then.</summary>
    DroppedByPolicy,

    /// <summary>It was dropped: the guest is stopped.</summary>
    DroppedGuestStopped,
}
