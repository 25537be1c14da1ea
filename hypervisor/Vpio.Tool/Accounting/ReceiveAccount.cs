using Vpio.Abi;
using Vpio.Hypervisor.Devices.Network;

namespace Vpio.Tool.Accounting;

/// <summary>Accounts for the frames to one guest: what the NIC accepted for it must be what its application received.</summary>
/// <param name="guest">The guest.</param>
/// <param name="faults">Where deviations go.</param>
/// <remarks>Threads: the guest's, the device's and the wire's at the same time. Blocks: for the others' few instructions.</remarks>
internal sealed class ReceiveAccount(DomainId guest, Faults faults)
{
    private readonly Lock _gate = new();
    private readonly ExpectedFrames _frames = new(guest, "received", faults);
    private ReceiveCounts _counts;
    private bool _closed;

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

    /// <summary>Notes that the guest's application has ended: it takes nothing any more.</summary>
    internal void Close()
    {
        lock (_gate)
            _closed = true;
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
            _counts = _counts.With(fate, toItAlone);
            if (fate == FrameFate.Accepted)
                _frames.Expect(digest);
        }
    }

    /// <summary>Notes that the newest accepted frames were thrown away with their guest.</summary>
    /// <param name="count">How many.</param>
    internal void NoteDiscarded(int count)
    {
        lock (_gate)
        {
            int present = _frames.Withdraw(count);
            _counts = _counts with { Discarded = _counts.Discarded + present };
            if (present < count)
                faults.Add($"the NIC discarded {count} frames of guest {guest}, of which only {present} were on their way.");
        }
    }

    /// <summary>Notes that the guest's application received a frame, and holds it against the next one accepted.</summary>
    /// <param name="frame">The frame, as the application sees it.</param>
    /// <remarks>The NIC tells a frame's fate before it delivers it, so what is not expected by now was never accepted.</remarks>
    internal void NoteReceived(ReadOnlySpan<byte> frame)
    {
        ulong digest = FrameDigest.Of(frame);
        lock (_gate)
        {
            _frames.Match(digest);
        }
    }
}
