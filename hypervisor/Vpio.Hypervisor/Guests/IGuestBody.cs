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

    /// <summary>Tells the guest that its register window of a device is its no more.</summary>
    /// <param name="device">The device.</param>
    void WindowEnded(DeviceIndex device);

    /// <summary>Ends the guest by force. What it had was taken from it, or is about to be, by others.</summary>
    void Stop();
}
