using Vpio.Abi.Layout;

namespace Vpio.Abi;

/// <summary>Says what happened to a device, the bits of <see cref="GuestPage.Events"/>. All are hints: act on the state word.</summary>
[Flags, AbiNumbers]
[CName("VPIO_EVENT")]
public enum DeviceEvents : uint
{
    /// <summary>Nothing happened.</summary>
    None = 0,

    /// <summary>A queued grab was granted.</summary>
    Granted = 1 << 0,

    /// <summary>The slice is used up: stop and release.</summary>
    Revoke = 1 << 1,

    /// <summary>Frames are parked for the guest: it gets them when it next holds the device.</summary>
    RxPending = 1 << 2,

    /// <summary>The device's context of this guest is lost, or its place in the queue: look at the registers, and ask again.</summary>
    Reset = 1 << 3,

    /// <summary>The device is gone, and with it all that the guest had of it.</summary>
    Removed = 1 << 4,

    /// <summary>The device that the guest holds raised the interrupt that the guest had armed in its registers.</summary>
    Interrupt = 1 << 5,
}
