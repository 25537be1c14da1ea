using Vpio.Abi;
using Vpio.Tool.Jobs;

namespace Vpio.Tool.Accounting;

/// <summary>Accounts for the frames of one transmitting guest: what its application gave to the driver must be what the NIC put on the wire.</summary>
/// <param name="guest">The guest.</param>
/// <param name="faults">Where deviations go.</param>
/// <remarks>Threads: the device's and domain 0's at the same time. Blocks: while the other reads the guest's reports.</remarks>
internal sealed class SendAccount(DomainId guest, Faults faults)
{
    private readonly Lock _gate = new();
    private readonly ExpectedFrames _frames = new(guest, "sent", faults);
    private Domain0End? _end;
    private ulong _discardedByGuest;
    private bool _inputIsKnown;
    private long _submitted;
    private long _sent;
    private long _discarded;
    private long _writtenOff;
    private long _leftBehind;

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

    /// <summary>Gets the number of frames given to the driver that the NIC did not put on the wire, without those that are accounted for otherwise.</summary>
    internal long Withheld
    {
        get
        {
            lock (_gate)
                return Missing;
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

    /// <summary>Gets the number of the last frames of a known input that are still to be sent.</summary>
    internal int InputLeft
    {
        get
        {
            lock (_gate)
                return _frames.Outstanding;
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

    /// <summary>Gets the number of frames that guests which were replaced had submitted and not sent, and that nobody sends again.</summary>
    internal long LeftBehind
    {
        get
        {
            lock (_gate)
                return _leftBehind;
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

    /// <summary>Begins to follow a guest's own reports.</summary>
    /// <param name="end">Where the guest reports.</param>
    internal void Follow(Domain0End end)
    {
        lock (_gate)
            _end = end;
    }

    /// <summary>Reads the last reports of a guest that is gone, and writes off what it left unsent.</summary>
    internal void WriteOff()
    {
        lock (_gate)
        {
            ReadReports();
            long missing = Math.Max(0, Missing - _frames.Skipped);
            _writtenOff += missing;

            // Of an input known beforehand a successor sends what the former did not.
            if (!_inputIsKnown)
                _leftBehind += _frames.Abandon(missing);
            _end = null;
            _discardedByGuest = 0;
        }
    }

    /// <summary>Reads what the guest reported since the last time.</summary>
    internal void Drain()
    {
        lock (_gate)
            ReadReports();
    }

    /// <summary>Notes that the NIC put a frame of this guest on the wire. The guest reported it before the NIC could see it.</summary>
    /// <param name="digest">The frame's digest.</param>
    internal void NoteSent(ulong digest)
    {
        lock (_gate)
        {
            ReadReports();
            _sent++;
            _frames.Match(digest);
        }
    }

    private long Missing => _submitted - _sent - _discarded - _writtenOff;

    private void ReadReports()
    {
        if (_end is not { Submitted: { IsBroken: false } reports } end)
            return;

        // Before the records: what was discarded is then among those that were read.
        ulong discarded = end.Discarded;
        for (uint left = reports.Look(); left > 0; left--)
            Submit(reports.Read());
        if (reports.IsBroken || Missing > ExpectedFrames.MostUnderWay || discarded < _discardedByGuest)
        {
            reports.Break();
            faults.Add($"guest {guest} wrote reports of submitted frames that cannot be; they are not read any more.");
        }
        else if (discarded > _discardedByGuest)
        {
            Discard((long)Math.Min(discarded - _discardedByGuest, int.MaxValue));
            _discardedByGuest = discarded;
        }
    }

    private void Submit(ulong digest)
    {
        _submitted++;
        if (!_inputIsKnown)
            _frames.Expect(digest);
    }

    // What the driver had sent before is sent, so what it lost is the oldest that is left.
    private void Discard(long frames)
    {
        int present = _frames.Abandon(frames);
        _discarded += present;
        if (present < frames)
            faults.Add($"the driver of guest {guest} lost {frames} frames, of which the NIC sent {frames - present}.");
    }
}
