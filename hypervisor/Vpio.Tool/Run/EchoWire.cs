using Vpio.Abi.Network;
using Vpio.Hypervisor.Devices.Network;
using Vpio.Tool.Traffic;

namespace Vpio.Tool.Run;

/// <summary>Brings every frame back to who sent it, as if its receiver had answered with the same.</summary>
internal sealed class EchoWire : IWire
{
    private readonly byte[] _answer = new byte[NicFrame.MaxBytes];
    private IFrameSink? _nic;

    /// <inheritdoc/>
    public void Connect(IFrameSink nic) => _nic = nic;

    /// <inheritdoc/>
    public void Transmit(ReadOnlySpan<byte> frame)
    {
        Span<byte> answer = _answer.AsSpan(0, frame.Length);
        frame.CopyTo(answer);
        MacAddress sender = NicFrame.Source(frame);
        NicFrame.SetSource(answer, NicFrame.Destination(frame));
        NicFrame.SetDestination(answer, sender);
        _nic?.Receive(answer);
    }
}
