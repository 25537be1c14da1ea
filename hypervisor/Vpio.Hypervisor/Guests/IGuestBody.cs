using Vpio.Abi;

namespace Vpio.Hypervisor.Guests;

/// <summary>Is what a guest runs in, as far as its kind matters: how it is notified, and how it is ended by force.</summary>
/// <remarks>Threads: any. No member waits for the guest.</remarks>
internal interface IGuestBody
{
    /// <summary>Gets whether nothing is left of the guest once it was stopped, so that it cannot be resumed.</summary>
    bool IsMortal { get; }

    /// <summary>Wakes who sleeps on the guest page's notify_seq, which just moved on.</summary>
    void Notify();

    /// <summary>Gives the guest its register window of a device that is being assigned to it: before it can own the device.</summary>
    /// <param name="assignment">The assignment.</param>
    void WindowBegan(Assignment assignment)
    {
    }

    /// <summary>Lets the guest reach its register window, if its body can keep it away from that.</summary>
    /// <param name="device">The device.</param>
    /// <param name="owned">The ownership that has just begun; it may have ended meanwhile.</param>
    void OwnershipBegan(DeviceIndex device, StateWord owned)
    {
    }

    /// <summary>Keeps the guest away from its register window, if its body can: before anybody else is granted the device.</summary>
    /// <param name="device">The device, of which an ownership has just ended.</param>
    void OwnershipEnded(DeviceIndex device)
    {
    }

    /// <summary>Tells the guest that its register window of a device is its no more.</summary>
    /// <param name="device">The device.</param>
    void WindowEnded(DeviceIndex device);

    /// <summary>Ends the guest by force. What it had was taken from it, or is about to be, by others.</summary>
    void Stop();
}
