using Vpio.Abi.Layout;

namespace Vpio.Abi;

/// <summary>Names what a device is doing, the lowest byte of its <see cref="StateWord"/>. Zero is idle, anything else is busy.</summary>
[AbiNumbers]
[CName("VPIO_STATE")]
public enum DeviceState : byte
{
    /// <summary>Nobody holds the device. A hint and no permission: a grab may still fail.</summary>
    Free = 0,

    /// <summary>The owner holds the device and drives it.</summary>
    Owned = 1,

    /// <summary>The owner still holds the device, and was asked by an upcall to stop and release it.</summary>
    Revoking = 2,

    /// <summary>The hypervisor holds the device: it quiesces, resets or switches context. The owner field names the guest that is next, if it is decided.</summary>
    Reclaiming = 3,

    /// <summary>The device is unplugged, or the slot is unused.</summary>
    Offline = 4,
}
