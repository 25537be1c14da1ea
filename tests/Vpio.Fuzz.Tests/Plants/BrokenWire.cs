using Vpio.Hypervisor.Devices.Network;

namespace Vpio.Fuzz.Tests.Plants;

/// <summary>Sends a frame as a broken device would.</summary>
/// <param name="wire">The wire.</param>
/// <param name="frame">A copy of the frame that is right.</param>
internal delegate void BrokenSend(IWire wire, Span<byte> frame);

/// <summary>Stands between a device and its wire, and spoils what is sent.</summary>
/// <param name="wire">The wire that is right.</param>
/// <param name="send">What is done in place of sending.</param>
internal sealed class BrokenWire(IWire wire, BrokenSend send) : IWire
{
    public void Connect(IFrameSink nic) => wire.Connect(nic);

    public void Transmit(ReadOnlySpan<byte> frame) => send(wire, frame.ToArray());
}
