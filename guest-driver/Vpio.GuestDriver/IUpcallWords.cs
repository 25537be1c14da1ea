using Vpio.Abi;

namespace Vpio.GuestDriver;

/// <summary>Touches the words of the guest page that upcalls go by. Each member is one access and a full fence.</summary>
/// <remarks>A parameter of <see cref="UpcallTaking"/>, so that a test can step between any two accesses of the very code that ships.</remarks>
internal interface IUpcallWords
{
    /// <summary>Sets the mask: from now on nobody is notified.</summary>
    void Mask();

    /// <summary>Clears the mask.</summary>
    void Unmask();

    /// <summary>Sets pending, as the hypervisor does.</summary>
    void SetPending();

    /// <summary>Clears pending.</summary>
    void ClearPending();

    /// <summary>Looks at pending.</summary>
    /// <returns>Whether it is set.</returns>
    bool IsPending();

    /// <summary>Takes all bits of the selector.</summary>
    /// <returns>A bit for each device that has events.</returns>
    ulong ExchangeSelector();

    /// <summary>Takes all events of a device.</summary>
    /// <param name="device">The device.</param>
    /// <returns>What happened.</returns>
    DeviceEvents ExchangeEvents(DeviceIndex device);
}
