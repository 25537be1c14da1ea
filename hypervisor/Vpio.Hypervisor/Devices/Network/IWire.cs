namespace Vpio.Hypervisor.Devices.Network;

/// <summary>Is what a NIC is plugged into.</summary>
public interface IWire
{
    /// <summary>Plugs a NIC in. Called once, before the first frame.</summary>
    /// <param name="nic">Where frames that come along the wire are to go.</param>
    void Connect(IFrameSink nic);

    /// <summary>Carries a frame away. Called by the NIC's own thread only.</summary>
    /// <param name="frame">The frame, 14 to 1,514 bytes, without check sequence. Valid during the call.</param>
    /// <remarks>Must not block: somebody may wait for the end of the batch. A frame comes back by <see cref="IFrameSink.Receive"/>, within this call or later.</remarks>
    /// <exception cref="IOException">The wire is broken. Whatever it throws, the NIC shows its link as down from then on and keeps it as <see cref="Nic.WireFailure"/>.</exception>
    void Transmit(ReadOnlySpan<byte> frame);
}
