using Vpio.Hypervisor.Captures;

namespace Vpio.Hypervisor.Devices.Network;

/// <summary>Records every frame that a wire carries, either way, into a capture file.</summary>
/// <remarks>Threads: the NIC's for frames that go out, any for frames that come in; the file gets them one at a time.</remarks>
public sealed class PcapWire : IWire, IFrameSink
{
    private readonly Lock _gate = new();
    private readonly CaptureWriter _writer;
    private readonly IWire? _inner;
    private readonly TimeProvider _time;
    private IFrameSink? _nic;
    private IOException? _failure;

    /// <summary>Taps a wire.</summary>
    /// <param name="writer">The file; the caller closes it after the last frame.</param>
    /// <param name="inner">The wire that goes on; <see langword="null"/> when nothing lies at the far end.</param>
    /// <param name="time">Where the time stamps come from.</param>
    public PcapWire(CaptureWriter writer, IWire? inner = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(writer);
        _writer = writer;
        _inner = inner;
        _time = time ?? TimeProvider.System;
    }

    /// <inheritdoc/>
    public void Connect(IFrameSink nic)
    {
        _nic = nic;
        _inner?.Connect(nic);
    }

    /// <inheritdoc/>
    public void Transmit(ReadOnlySpan<byte> frame)
    {
        Record(frame);
        _inner?.Transmit(frame);
    }

    /// <summary>Takes a frame that comes from the far end, and passes it to the NIC.</summary>
    /// <param name="frame">The frame, without check sequence. Valid during the call.</param>
    /// <exception cref="IOException">The file cannot be written any more.</exception>
    public void Receive(ReadOnlySpan<byte> frame)
    {
        Record(frame);
        _nic?.Receive(frame);
    }

    private void Record(ReadOnlySpan<byte> frame)
    {
        lock (_gate)
        {
            if (_failure is not null)
                throw _failure;
            try
            {
                _writer.Write(frame, NowNs());
            }
            catch (IOException failure)
            {
                // The file ends here: what follows a gap would be a false record.
                _failure = failure;
                throw;
            }
        }
    }

    private long NowNs() => (_time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;
}
