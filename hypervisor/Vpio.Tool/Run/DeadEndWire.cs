using Vpio.Hypervisor.Devices.Network;

namespace Vpio.Tool.Run;

/// <summary>Lets every frame go, and brings none.</summary>
internal sealed class DeadEndWire : IWire
{
    /// <inheritdoc/>
    public void Connect(IFrameSink nic)
    {
    }

    /// <inheritdoc/>
    public void Transmit(ReadOnlySpan<byte> frame)
    {
    }
}
