namespace Vpio.Hypervisor.Devices.Network;

/// <summary>Takes frames that come along a wire.</summary>
public interface IFrameSink
{
    /// <summary>Takes a frame. Any thread.</summary>
    /// <param name="frame">The frame, without check sequence. Valid during the call.</param>
    void Receive(ReadOnlySpan<byte> frame);
}
