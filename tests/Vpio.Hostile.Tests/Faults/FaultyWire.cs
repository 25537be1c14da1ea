using Vpio.Hypervisor.Devices.Network;

namespace Vpio.Hostile.Tests.Faults;

/// <summary>Is a loopback that does something else with each hundredth frame.</summary>
/// <param name="instead">What it does: the frame, and where frames go.</param>
/// <param name="breaksAfter">After how many frames it carries none.</param>
internal sealed class FaultyWire(FaultyWire.Deed instead, int breaksAfter = int.MaxValue) : IWire
{
    private IFrameSink _nic = null!;
    private int _frames;

    /// <summary>Does something with a frame.</summary>
    internal delegate void Deed(Span<byte> frame, Action<byte[]> bring);

    public void Connect(IFrameSink nic) => _nic = nic;

    public void Transmit(ReadOnlySpan<byte> frame)
    {
        if (++_frames > breaksAfter)
            return;
        if (_frames % 100 == 0)
            instead(frame.ToArray(), bytes => _nic.Receive(bytes));
        else
            _nic.Receive(frame);
    }
}
