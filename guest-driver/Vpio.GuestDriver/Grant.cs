using Vpio.Abi;

namespace Vpio.GuestDriver;

/// <summary>Names an ownership that <see cref="GuestDevice.GrabAsync"/> obtained; <see cref="GuestDevice.Hold"/> makes a lease of it.</summary>
/// <param name="Device">The device.</param>
/// <param name="Generation">The number of the ownership.</param>
/// <remarks>A grant is a name and no permission: who drops it without a lease keeps the device until its grace ends.</remarks>
public readonly record struct Grant(DeviceIndex Device, Generation Generation);
