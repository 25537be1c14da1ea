using Vpio.Hypervisor.Devices.Network;

namespace Vpio.Benchmarks;

/// <summary>Is a wire into nowhere: what it costs to send is the device's own work.</summary>
internal sealed class DiscardingWire : IWire
{
    public void Connect(IFrameSink nic)
    {
    }

    public void Transmit(ReadOnlySpan<byte> frame)
    {
    }
}
