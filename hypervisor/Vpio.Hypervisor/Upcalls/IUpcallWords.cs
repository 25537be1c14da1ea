using Vpio.Abi;

namespace Vpio.Hypervisor.Upcalls;

/// <summary>Touches the words of a guest page that upcalls go by. Each member is one access and a full fence.</summary>
/// <remarks>A parameter of <see cref="UpcallOrder"/>, so that a test can step between any two accesses of the very code that ships.</remarks>
internal interface IUpcallWords
{
    /// <summary>Sets event bits of a device.</summary>
    /// <param name="device">The device.</param>
    /// <param name="events">The bits.</param>
    void OrEvents(DeviceIndex device, DeviceEvents events);

    /// <summary>Sets the selector's bit of a device.</summary>
    /// <param name="device">The device.</param>
    void OrSelector(DeviceIndex device);

    /// <summary>Sets pending.</summary>
    /// <returns>Whether it was set before.</returns>
    bool SetPending();

    /// <summary>Looks at pending.</summary>
    /// <returns>Whether it is set.</returns>
    bool IsPending();

    /// <summary>Looks at the mask.</summary>
    /// <returns>Whether the guest wants no notification.</returns>
    bool IsMasked();

    /// <summary>Clears the mask.</summary>
    /// <returns>Whether it was set before.</returns>
    bool ClearMask();
}
