namespace Vpio.Hypervisor.Devices.Network;

/// <summary>Sets up a NIC.</summary>
public sealed class NicOptions
{
    /// <summary>Gets how many frames are parked for one guest at most, 1 to 65,536.</summary>
    public int ParkingFrames { get; init; } = 1024;

    /// <summary>Gets how many of them may be addressed to a group: a flood of broadcasts leaves room for the guest's own.</summary>
    public int GroupQuotaFrames { get; init; } = 256;

    /// <summary>Gets what becomes of frames for a guest that does not hold the device, until <see cref="Nic.SetReceivePolicy"/> says otherwise for it.</summary>
    public ReceivePolicy ReceivePolicy { get; init; } = ReceivePolicy.Park;

    /// <summary>Gets who sees what becomes of every frame.</summary>
    public IFrameObserver? Observer { get; init; }

    /// <summary>Gets whether the NIC always shows that it sleeps, so that every doorbell wants a kick after it: as devices do that are told of each frame by a call.</summary>
    public bool AlwaysWantsKicks { get; init; }

    /// <summary>Gets the numbers of the processors that the NIC's thread runs on; <see langword="null"/>: the system places it.</summary>
    /// <remarks>On Linux. A device of hardware takes no processor from guests; one that is a thread is like it where it has one that they are kept off. See <see cref="Guests.GuestImage.HardAffinity"/>.</remarks>
    public IReadOnlyList<int>? HardAffinity { get; init; }
}
