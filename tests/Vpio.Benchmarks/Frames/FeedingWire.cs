using Vpio.Hypervisor.Devices.Network;

namespace Vpio.Benchmarks.Frames;

/// <summary>Is a wire that answers each frame with many.</summary>
/// <param name="burst">How many.</param>
internal sealed class FeedingWire(int burst) : IWire
{
    private IFrameSink? _nic;

    /// <summary>Gets or sets the frame that comes.</summary>
    public byte[] Frame { get; set; } = [];

    /// <inheritdoc/>
    public void Connect(IFrameSink nic) => _nic = nic;

    /// <inheritdoc/>
    public void Transmit(ReadOnlySpan<byte> frame)
    {
        for (int i = 0; i < burst; i++)
            _nic!.Receive(Frame);
    }
}
