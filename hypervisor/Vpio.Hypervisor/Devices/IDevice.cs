using Vpio.Abi;

namespace Vpio.Hypervisor.Devices;

/// <summary>Is a device that guests share: it can be reset, quiesced, and its context saved and loaded.</summary>
/// <remarks>
/// It works on its own threads, and for a guest only between <see cref="DeviceGate.TryEnter"/> and <see cref="DeviceGate.Leave"/>.
/// Whatever a guest can write (registers, rings, buffers) is hostile: it is copied once and checked on the copy.
/// </remarks>
public interface IDevice
{
    /// <summary>Gets whose register file the windows show.</summary>
    DeviceClass Class { get; }

    /// <summary>Gets the size of a register window, bytes.</summary>
    uint WindowBytes { get; }

    /// <summary>Puts the device into service. Called once, before anything else.</summary>
    /// <param name="gate">Where it learns whom it serves.</param>
    void PlugIn(DeviceGate gate);

    /// <summary>Takes the device out of service: its threads have ended when this returns.</summary>
    void Unplug();

    /// <summary>Makes the context of a guest that the device is assigned to, in reset state.</summary>
    /// <param name="attachment">What the device has of that guest.</param>
    /// <returns>The context.</returns>
    DeviceContext CreateContext(GuestAttachment attachment);

    /// <summary>Forgets the context of a guest that is gone.</summary>
    /// <param name="context">The context.</param>
    void RemoveContext(DeviceContext context);

    /// <summary>Forgets what was set for a guest that is gone, whether the device was assigned to it or not: the next guest may have its domain id.</summary>
    /// <param name="guest">The guest.</param>
    void ForgetGuest(DomainId guest)
    {
    }

    /// <summary>Looks for work: a guest rang. Any thread; a hint.</summary>
    void Wake();
}
