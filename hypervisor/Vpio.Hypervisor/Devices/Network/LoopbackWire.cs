namespace Vpio.Hypervisor.Devices.Network;

/// <summary>Brings every frame back to the NIC that sent it, as a switch would that has nobody else on it.</summary>
public sealed class LoopbackWire : IWire
{
    private IFrameSink? _nic;

    /// <inheritdoc/>
    public void Connect(IFrameSink nic) => _nic = nic;

    /// <inheritdoc/>
    public void Transmit(ReadOnlySpan<byte> frame) => _nic?.Receive(frame);
}
