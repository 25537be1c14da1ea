using Vpio.Abi;

namespace Vpio.Hypervisor.Devices.Network;

/// <summary>Sees what becomes of every frame, for whoever keeps accounts.</summary>
/// <remarks>Called on the threads of device and wire, in the order in which things happen to one guest; must not block or throw.</remarks>
public interface IFrameObserver
{
    /// <summary>Sees a frame that a guest sent, just before the wire gets it.</summary>
    /// <param name="sender">The guest.</param>
    /// <param name="frame">The frame. Valid during the call.</param>
    void Sent(DomainId sender, ReadOnlySpan<byte> frame);

    /// <summary>Sees a frame that arrived for a guest; once for each guest that it is for.</summary>
    /// <param name="receiver">The guest.</param>
    /// <param name="frame">The frame. Valid during the call.</param>
    /// <param name="fate">What becomes of it.</param>
    void Arrived(DomainId receiver, ReadOnlySpan<byte> frame, FrameFate fate);

    /// <summary>Sees that frames which had been accepted for a guest, and not yet delivered, were thrown away with its context.</summary>
    /// <param name="receiver">The guest.</param>
    /// <param name="frames">How many: the newest ones.</param>
    void Discarded(DomainId receiver, int frames);
}
