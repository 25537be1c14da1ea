using Vpio.Abi;

namespace Vpio.GuestDriver;

/// <summary>Is thrown when a device is gone, or is not assigned to the guest.</summary>
/// <param name="operation">What was tried.</param>
/// <param name="device">The device.</param>
/// <param name="word">The state word that was seen.</param>
public sealed class DeviceRemovedException(string operation, DeviceIndex device, StateWord word)
    : Exception($"{operation} on {device}: it was removed, or is not assigned to this guest; the slot is {word}.")
{
    /// <summary>Gets the device.</summary>
    public DeviceIndex Device { get; } = device;

    /// <summary>Gets the state word that was seen.</summary>
    public StateWord Word { get; } = word;
}
