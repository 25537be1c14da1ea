using Vpio.Hypervisor.Devices.Network;

namespace Vpio.Tool.Accounting;

/// <summary>Counts the frames to one guest, each in exactly one place.</summary>
/// <param name="Announced">Carried by the wire for this guest alone.</param>
/// <param name="Answered">Of those, the NIC said what became of them.</param>
/// <param name="Accepted">Accepted by the NIC, broadcasts included.</param>
/// <param name="ParkingFull">Dropped because the guest's parking buffer was full.</param>
/// <param name="GroupQuota">Dropped because the guest's quota of parked frames to groups was used up.</param>
/// <param name="ByPolicy">Dropped because the guest did not hold the device and its policy keeps nothing then.</param>
/// <param name="GuestStopped">Dropped because the guest was stopped.</param>
/// <param name="Discarded">Accepted, then thrown away when the guest was stopped or removed.</param>
/// <param name="Received">Received by the application, each the one expected.</param>
/// <param name="Lost">Accepted and then passed over by a later one.</param>
/// <param name="Wrong">Received without having been expected: foreign, changed, doubled or out of order.</param>
/// <param name="Outstanding">Accepted and not received yet.</param>
internal readonly record struct ReceiveCounts(
    long Announced, long Answered, long Accepted, long ParkingFull, long GroupQuota, long ByPolicy, long GuestStopped,
    long Discarded, long Received, long Lost, long Wrong, long Outstanding)
{
    /// <summary>Gets the number of frames dropped because the guest did not hold the device for too long.</summary>
    internal long ParkedDropped => ParkingFull + GroupQuota + ByPolicy;

    /// <summary>Counts what the NIC said about one more frame.</summary>
    /// <param name="fate">What became of it.</param>
    /// <param name="toItAlone">Whether the frame was addressed to this guest and nobody else.</param>
    /// <returns>The counts with it.</returns>
    internal ReceiveCounts With(FrameFate fate, bool toItAlone)
    {
        ReceiveCounts counts = toItAlone ? this with { Answered = Answered + 1 } : this;
        return fate switch
        {
            FrameFate.Accepted => counts with { Accepted = counts.Accepted + 1 },
            FrameFate.DroppedParkingFull => counts with { ParkingFull = counts.ParkingFull + 1 },
            FrameFate.DroppedGroupQuota => counts with { GroupQuota = counts.GroupQuota + 1 },
            FrameFate.DroppedByPolicy => counts with { ByPolicy = counts.ByPolicy + 1 },
            FrameFate.DroppedGuestStopped => counts with { GuestStopped = counts.GuestStopped + 1 },
            _ => throw new ArgumentOutOfRangeException(nameof(fate), fate, "The ledger has no place for this fate."),
        };
    }
}
