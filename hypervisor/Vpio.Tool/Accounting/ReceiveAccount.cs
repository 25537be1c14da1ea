using Vpio.Abi;
using Vpio.Hypervisor.Devices.Network;
using Vpio.Tool.Jobs;

namespace Vpio.Tool.Accounting;

/// <summary>Accounts for the frames to one guest: what the NIC accepted for it must be what its application received.</summary>
/// <param name="guest">The guest.</param>
/// <param name="faults">Where deviations go.</param>
/// <remarks>Threads: the device's, the wire's and domain 0's at the same time. Blocks: while another reads the guest's reports.</remarks>
internal sealed class ReceiveAccount(DomainId guest, Faults faults)
{
    private readonly Lock _gate = new();
    private readonly ExpectedFrames _frames = new(guest, "received", faults);
    private ReceiveCounts _counts;
    private Domain0End? _end;
    private long _dueBefore;
    private long _leftBehind;
    private bool _closed;
    private bool _isOverfull;

    /// <summary>Gets the counts so far.</summary>
    internal ReceiveCounts Counts
    {
        get
        {
            lock (_gate)
                return _counts with { Received = _frames.Matched, Lost = _frames.Skipped, Wrong = _frames.Unexpected, Outstanding = _frames.Outstanding };
        }
    }

    /// <summary>Gets the number of frames accepted for the guest that its application has not received yet.</summary>
    internal int Outstanding
    {
        get
        {
            lock (_gate)
                return _frames.Outstanding;
        }
    }

    /// <summary>Gets what <see cref="Outstanding"/> is, or 0 when the guest's application takes nothing any more.</summary>
    internal int UnderWay
    {
        get
        {
            lock (_gate)
                return _closed ? 0 : _frames.Outstanding;
        }
    }

    /// <summary>Gets the number of frames that were on their way to guests which were replaced.</summary>
    internal long LeftBehind
    {
        get
        {
            lock (_gate)
                return _leftBehind;
        }
    }

    /// <summary>Notes that the guest's application has ended: it takes nothing any more.</summary>
    internal void Close()
    {
        lock (_gate)
            _closed = true;
    }

    /// <summary>Begins to follow a guest's own reports.</summary>
    /// <param name="end">Where the guest reports.</param>
    /// <remarks>Call it before the guest has its address: from then on frames come that it will report.</remarks>
    internal void Follow(Domain0End end)
    {
        lock (_gate)
        {
            _end = end;
            _closed = false;
        }
    }

    /// <summary>Reads the last reports of a guest that is gone, and writes off what was on its way to it.</summary>
    internal void WriteOff()
    {
        lock (_gate)
        {
            ReadReports();
            _leftBehind += _frames.Abandon(_frames.Outstanding);
            _dueBefore = Due;
            _end = null;
            _closed = true;
        }
    }

    /// <summary>Notes that a guest has the address again: what the wire carried while nobody had it, and the NIC had no word about, is written off.</summary>
    internal void NoteReachable()
    {
        lock (_gate)
        {
            long unanswered = Math.Max(0, _counts.Announced - _counts.Answered);
            _counts = _counts with { Answered = _counts.Answered + unanswered };
            _leftBehind += unanswered;
        }
    }

    /// <summary>Reads what the guest reported since the last time, and tells it what to expect.</summary>
    internal void Drain()
    {
        lock (_gate)
        {
            ReadReports();
            _end?.Announce(Due - _dueBefore);
        }
    }

    /// <summary>Notes that the wire is about to carry a frame for this guest alone: the NIC must say what became of it.</summary>
    internal void NoteAnnounced()
    {
        lock (_gate)
            _counts = _counts with { Announced = _counts.Announced + 1 };
    }

    /// <summary>Notes what the NIC says about a frame for this guest.</summary>
    /// <param name="digest">The frame's digest.</param>
    /// <param name="toItAlone">Whether it was addressed to this guest and nobody else.</param>
    /// <param name="fate">What became of it.</param>
    internal void NoteArrived(ulong digest, bool toItAlone, FrameFate fate)
    {
        lock (_gate)
        {
            ReadReports();
            _counts = _counts.With(fate, toItAlone);
            if (fate == FrameFate.Accepted)
                Expect(digest);
        }
    }

    /// <summary>Notes that the newest accepted frames were thrown away with their guest.</summary>
    /// <param name="count">How many.</param>
    internal void NoteDiscarded(int count)
    {
        lock (_gate)
        {
            ReadReports();
            int present = _frames.Withdraw(count);
            _counts = _counts with { Discarded = _counts.Discarded + present };
            if (present < count)
                faults.Add($"the NIC discarded {count} frames of guest {guest}, of which only {present} were on their way.");
        }
    }

    private long Due => _counts.Accepted - _counts.Discarded;

    // The NIC tells a frame's fate before it delivers it, so what is not expected by now was never accepted.
    private void ReadReports()
    {
        if (_end is not { Received: { IsBroken: false } reports })
            return;
        for (uint left = reports.Look(); left > 0; left--)
            _frames.Match(reports.Read());
        if (reports.IsBroken)
            faults.Add($"guest {guest} wrote reports of received frames that cannot be; they are not read any more.");
    }

    private void Expect(ulong digest)
    {
        _frames.Expect(digest);
        if (_frames.Outstanding <= ExpectedFrames.MostUnderWay)
            return;
        _frames.GiveUpOldest();
        if (!_isOverfull)
            faults.Add($"guest {guest} does not report what it receives.");
        _isOverfull = true;
    }
}
