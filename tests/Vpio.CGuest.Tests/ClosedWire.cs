using Vpio.Hypervisor.Devices.Network;

namespace Vpio.CGuest.Tests;

/// <summary>Brings the frames that a test gives it, and carries none away.</summary>
internal sealed class ClosedWire : IWire
{
    private IFrameSink? _nic;

    public void Connect(IFrameSink nic) => _nic = nic;

    public void Transmit(ReadOnlySpan<byte> frame)
    {
    }

    public void Bring(byte[] frame) => _nic!.Receive(frame);
}
