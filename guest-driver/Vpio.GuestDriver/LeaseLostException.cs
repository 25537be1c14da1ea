using Vpio.Abi;

namespace Vpio.GuestDriver;

/// <summary>Is thrown when a lease is used whose ownership is over: released, or taken away by force.</summary>
/// <param name="operation">What was tried.</param>
/// <param name="device">The device.</param>
/// <param name="generation">The ownership that the lease stood for.</param>
/// <param name="word">The state word that was seen.</param>
public sealed class LeaseLostException(string operation, DeviceIndex device, Generation generation, StateWord word)
    : Exception($"{operation} on {device}: the ownership {generation} is over; the device is {word}.")
{
    /// <summary>Gets the device.</summary>
    public DeviceIndex Device { get; } = device;

    /// <summary>Gets the ownership that the lease stood for.</summary>
    public Generation Generation { get; } = generation;

    /// <summary>Gets the state word that was seen.</summary>
    public StateWord Word { get; } = word;
}
