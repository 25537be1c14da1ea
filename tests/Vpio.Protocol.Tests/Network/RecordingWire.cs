using Vpio.Hypervisor.Devices.Network;

namespace Vpio.Protocol.Tests.Network;

/// <summary>Keeps what a NIC sends, and can bring frames to it from the far end.</summary>
internal sealed class RecordingWire : IWire
{
    private readonly Lock _gate = new();
    private readonly List<byte[]> _sent = [];
    private IFrameSink? _nic;

    /// <summary>Gets or sets what happens to each frame before it is kept.</summary>
    public Action<byte[]>? OnTransmit { get; set; }

    public byte[][] Sent
    {
        get
        {
            lock (_gate)
                return [.. _sent];
        }
    }

    public void Connect(IFrameSink nic) => _nic = nic;

    public void Transmit(ReadOnlySpan<byte> frame)
    {
        byte[] copy = frame.ToArray();
        OnTransmit?.Invoke(copy);
        lock (_gate)
            _sent.Add(copy);
    }

    public void Bring(byte[] frame) => _nic!.Receive(frame);
}
