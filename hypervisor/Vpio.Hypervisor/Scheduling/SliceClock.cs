using Vpio.Abi;

namespace Vpio.Hypervisor.Scheduling;

/// <summary>Times one device: the slice of an ownership from when somebody waits for its end, then its grace.</summary>
/// <remarks>
/// A timer holds the word that it times; the page shows a copy. An ownership that ends early leaves its timer behind, which
/// then meets another word and does nothing: ending costs no timer call. Several may start the same slice at once (the granter
/// and each joiner); the word decides that it starts once.
/// </remarks>
internal sealed class SliceClock
{
    private static readonly long ShortestSliceNs = Clock.Nanoseconds(SharingTerms.MinDuration);

    private readonly Lock _gate = new();
    private readonly Clock _clock;
    private readonly DeadlineQueue _deadlines;
    private readonly SliceDeadline _slice;
    private readonly GraceDeadline _grace;
    private readonly ISliceSubject _subject;
    private ulong _timedWord;
    private long _sliceStartNs;
    private long _sliceEndNs;
    private long _graceEndNs;

    /// <summary>Times a device.</summary>
    /// <param name="clock">The clock.</param>
    /// <param name="deadlines">Where its deadlines go.</param>
    /// <param name="subject">What happens at the ends.</param>
    public SliceClock(Clock clock, DeadlineQueue deadlines, ISliceSubject subject)
    {
        _clock = clock;
        _deadlines = deadlines;
        _subject = subject;
        _slice = new SliceDeadline(this);
        _grace = new GraceDeadline(this);
    }

    /// <summary>Gets whether anything of the present ownership is timed, and must be ended with it.</summary>
    // ORDER acquire: looked at after the word was exchanged, which fences fully; who starts a slice marks it before it looks at the word. Pairs with Interlocked.Exchange in SliceClock.StartSlice.
    public bool IsTiming => Volatile.Read(ref _timedWord) != 0;

    private StateWord Timed
    {
        get => new(Volatile.Read(ref _timedWord));
        set => Volatile.Write(ref _timedWord, value.Value);
    }

    /// <summary>Starts the slice of an ownership, unless it was started before or is over.</summary>
    /// <param name="owned">The ownership.</param>
    public void StartSlice(StateWord owned)
    {
        lock (_gate)
        {
            if (Timed == owned || _subject.CurrentWord != owned)
                return;

            // ORDER full: that it is timed is seen before the word is looked at again: either this sees that the ownership ended, or who ended it sees this. Pairs with TMemory.CompareExchange in DeviceOwnership.TryReplace.
            Interlocked.Exchange(ref _timedWord, owned.Value);
            if (_subject.CurrentWord != owned)
            {
                Timed = default;
                return;
            }

            _sliceStartNs = _clock.NowNs;
            EndSliceAt(_sliceStartNs + _subject.TakeSliceNs(owned));
        }
    }

    /// <summary>Ends a slice that runs as soon as it was the shortest there is; what is left of it is lost.</summary>
    /// <param name="owned">The ownership.</param>
    public void CutSlice(StateWord owned)
    {
        lock (_gate)
        {
            long endNs = Math.Max(_clock.NowNs, _sliceStartNs + ShortestSliceNs);
            if (Timed == owned && endNs < _sliceEndNs)
                EndSliceAt(endNs);
        }
    }

    /// <summary>Starts the grace of an ownership whose revocation began.</summary>
    /// <param name="revoking">The ownership.</param>
    /// <param name="lengthNs">How long the grace is.</param>
    public void StartGrace(StateWord revoking, long lengthNs)
    {
        lock (_gate)
        {
            if (_subject.CurrentWord != revoking)
                return;
            Timed = revoking;
            _graceEndNs = _clock.NowNs + lengthNs;
            _subject.ShowGraceEnd(_graceEndNs);
            _deadlines.Set(_grace, _graceEndNs);
        }
    }

    /// <summary>Forgets a slice that ended with nobody waiting: the next joiner starts another.</summary>
    /// <param name="owned">The ownership.</param>
    public void Forget(StateWord owned)
    {
        lock (_gate)
        {
            if (Timed != owned)
                return;
            Timed = default;
            _subject.ShowSliceEnd(0);
        }
    }

    /// <summary>Takes the times of an ended ownership off the page, and books what it overran.</summary>
    /// <param name="held">The word that ended: OWNED or REVOKING.</param>
    /// <param name="endedNs">When it ended.</param>
    public void Ended(StateWord held, long endedNs)
    {
        lock (_gate)
        {
            bool hadSlice = Timed.IsHeld && Timed.Generation == held.Generation;
            if (hadSlice && endedNs > _sliceEndNs)
                _subject.Overran(held, endedNs - _sliceEndNs);
            Timed = default;
            _subject.ShowSliceEnd(0);
            _subject.ShowGraceEnd(0);
        }
    }

    private void EndSliceAt(long endNs)
    {
        _sliceEndNs = endNs;
        _subject.ShowSliceEnd(endNs);
        _deadlines.Set(_slice, endNs);
    }

    /// <summary>Finds what a deadline is due for; nothing, when it was moved on while it was expiring.</summary>
    private bool IsDue(DeviceState state, out StateWord timed)
    {
        lock (_gate)
        {
            timed = Timed;
            return timed.IsHeld && timed.State == state
                && (state == DeviceState.Owned ? _sliceEndNs : _graceEndNs) <= _clock.NowNs;
        }
    }

    private sealed class SliceDeadline(SliceClock clock) : Deadline
    {
        internal override void Expired()
        {
            if (clock.IsDue(DeviceState.Owned, out StateWord owned))
                clock._subject.SliceUsedUp(owned);
        }
    }

    private sealed class GraceDeadline(SliceClock clock) : Deadline
    {
        internal override void Expired()
        {
            if (clock.IsDue(DeviceState.Revoking, out StateWord revoking))
                clock._subject.GraceUsedUp(revoking);
        }
    }
}
