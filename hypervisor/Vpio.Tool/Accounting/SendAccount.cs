using Vpio.Abi;

namespace Vpio.Tool.Accounting;

/// <summary>Accounts for the frames of one transmitting guest: what its application gave to the driver must be what the NIC put on the wire.</summary>
/// <param name="guest">The guest.</param>
/// <param name="faults">Where deviations go.</param>
/// <remarks>Threads: the guest's and the device's at the same time. Blocks: for the other's few instructions.</remarks>
internal sealed class SendAccount(DomainId guest, Faults faults)
{
    private readonly Lock _gate = new();
    private readonly ExpectedFrames _frames = new(guest, "sent", faults);
    private bool _inputIsKnown;
    private long _submitted;
    private long _sent;
    private long _discarded;

    /// <summary>Gets the number of frames the application gave to the driver.</summary>
    internal long Submitted
    {
        get
        {
            lock (_gate)
                return _submitted;
        }
    }

    /// <summary>Gets the number of frames the NIC put on the wire.</summary>
    internal long Sent
    {
        get
        {
            lock (_gate)
                return _sent;
        }
    }

    /// <summary>Gets the number of frames that the driver lost with the NIC, when that was taken from the guest by force.</summary>
    internal long Discarded
    {
        get
        {
            lock (_gate)
                return _discarded;
        }
    }

    /// <summary>Gets the number of frames given to the driver that the NIC did not put on the wire, without those that were discarded.</summary>
    internal long Withheld
    {
        get
        {
            lock (_gate)
                return _submitted - _sent - _discarded;
        }
    }

    /// <summary>Gets the number of input frames that were not put on the wire; 0 for a stream without end.</summary>
    internal long NotSent
    {
        get
        {
            lock (_gate)
                return _inputIsKnown ? _frames.Outstanding + _frames.Skipped : 0;
        }
    }

    /// <summary>Gets the number of frames that were passed over by one behind them, and so are lost.</summary>
    internal long Skipped
    {
        get
        {
            lock (_gate)
                return _frames.Skipped;
        }
    }

    /// <summary>Says beforehand what will be sent: the input itself is then the measure, not what the application submits.</summary>
    /// <param name="frames">All frames, in order.</param>
    internal void ExpectInput(IReadOnlyList<ReadOnlyMemory<byte>> frames)
    {
        _inputIsKnown = true;
        foreach (ReadOnlyMemory<byte> frame in frames)
            _frames.Expect(FrameDigest.Of(frame.Span));
    }

    /// <summary>Notes that the application is about to give a frame to the driver. The NIC may be faster than the driver's return.</summary>
    /// <param name="frame">The frame.</param>
    internal void Submitting(ReadOnlySpan<byte> frame)
    {
        ulong digest = _inputIsKnown ? 0 : FrameDigest.Of(frame);
        lock (_gate)
        {
            _submitted++;
            if (!_inputIsKnown)
                _frames.Expect(digest);
        }
    }

    /// <summary>Takes the last <see cref="Submitting"/> back: the driver had no room.</summary>
    internal void Withdraw()
    {
        lock (_gate)
        {
            _submitted--;
            if (!_inputIsKnown)
                _frames.Withdraw(1);
        }
    }

    /// <summary>Notes that the driver lost frames with the NIC. What it had sent before is sent, so they are the oldest that are left.</summary>
    /// <param name="frames">How many.</param>
    internal void Discard(long frames)
    {
        lock (_gate)
        {
            int present = _frames.Abandon(frames);
            _discarded += present;
            if (present < frames)
                faults.Add($"the driver of guest {guest} lost {frames} frames, of which the NIC sent {frames - present}.");
        }
    }

    /// <summary>Notes that the NIC put a frame of this guest on the wire.</summary>
    /// <param name="digest">The frame's digest.</param>
    internal void NoteSent(ulong digest)
    {
        lock (_gate)
        {
            _sent++;
            _frames.Match(digest);
        }
    }
}
