using Vpio.Abi;

namespace Vpio.Hypervisor.Devices.Network;

/// <summary>Keeps the frames of one guest in order until the guest takes them: bounded, drops the newest, counts what it drops.</summary>
/// <remarks>Also the receive FIFO of the guest that holds the device, so that parked frames always come first. Threads: any.</remarks>
internal sealed class ParkingBuffer(DomainId guest, NicOptions options)
{
    private const int LeastPlaces = 16;

    // Delivered frames have their places until the batch is over: with few places, small batches.
    private readonly int _mostLent = Math.Max(1, options.ParkingFrames / 4);
    private readonly Lock _gate = new();
    private KeptFrame?[] _frames = [];
    private long _first;
    private long _end;
    private int _toGroups;
    private int _lent;
    private bool _suspended;
    private NicDrops _drops;

    /// <summary>Gets whether no frame is kept.</summary>
    public bool IsEmpty => Volatile.Read(ref _end) == Volatile.Read(ref _first);

    /// <summary>Gets the frames that were dropped or discarded so far.</summary>
    public NicDrops Drops
    {
        get
        {
            lock (_gate)
                return _drops;
        }
    }

    /// <summary>Takes frames in at the end.</summary>
    /// <param name="frames">The frames; the caller's hold of each goes along.</param>
    /// <param name="admitted">Whether the guest's policy lets them in.</param>
    /// <param name="wasEmpty">Whether no other was kept before.</param>
    /// <returns>How many of them were accepted.</returns>
    public int Add(ReadOnlySpan<KeptFrame> frames, bool admitted, out bool wasEmpty)
    {
        lock (_gate)
        {
            wasEmpty = IsEmpty;
            int accepted = 0;
            foreach (KeptFrame frame in frames)
            {
                FrameFate fate = Decide(frame.ToGroup, admitted);

                // Inside the lock: the observer sees the frames of a guest in the order in which the guest gets them.
                options.Observer?.Arrived(guest, frame.Bytes, fate);
                if (fate == FrameFate.Accepted)
                {
                    Append(frame);
                    accepted++;
                }
                else
                {
                    _drops = _drops.With(fate);
                    frame.LetGo();
                }
            }

            return accepted;
        }
    }

    /// <summary>Lends the first frames, which keep their places, until <see cref="EndLoan"/>.</summary>
    /// <param name="frames">Where they go, in their order.</param>
    /// <returns>How many there are; a quarter of the parking at most.</returns>
    public int Lend(Span<KeptFrame> frames)
    {
        lock (_gate)
        {
            _lent = (int)Math.Min(_end - _first, Math.Min(frames.Length, _mostLent));
            int place = PlaceOf(_first);
            int beforeEnd = Math.Min(_lent, _frames.Length - place);
            _frames.AsSpan(place, beforeEnd).CopyTo(frames!);
            _frames.AsSpan(0, _lent - beforeEnd).CopyTo(frames[beforeEnd..]!);
            return _lent;
        }
    }

    /// <summary>Ends the loan: what was delivered goes out, the rest stays first.</summary>
    /// <param name="lent">How many frames were lent.</param>
    /// <param name="delivered">How many of them were delivered.</param>
    /// <returns>How many of them, from the first on, the caller holds now and lets go of.</returns>
    public int EndLoan(int lent, int delivered)
    {
        lock (_gate)
        {
            // Discarded while they were being delivered, by a stop of their guest: then what is first now, if anything, is another.
            if (_lent == 0)
                return lent;
            RemoveFirst(delivered);
            _lent = 0;
            return delivered;
        }
    }

    /// <summary>Throws everything away.</summary>
    public void Discard()
    {
        lock (_gate)
        {
            int frames = (int)(_end - _first);
            if (frames == 0)
                return;
            for (int i = _lent; i < frames; i++)
                _frames[PlaceOf(_first + i)]!.LetGo();
            RemoveFirst(frames);
            _lent = 0; // Who has them on loan lets go of them.
            _drops = _drops with { Discarded = _drops.Discarded + (ulong)frames };
            options.Observer?.Discarded(guest, frames);
        }
    }

    /// <summary>Takes nothing in any more, or again.</summary>
    /// <param name="suspended">Whether frames are dropped from now on.</param>
    public void Suspend(bool suspended)
    {
        lock (_gate)
            _suspended = suspended;
    }

    private FrameFate Decide(bool toGroup, bool admitted)
    {
        if (_suspended)
            return FrameFate.DroppedGuestStopped;
        if (!admitted)
            return FrameFate.DroppedByPolicy;
        if (_end - _first == options.ParkingFrames)
            return FrameFate.DroppedParkingFull;
        return toGroup && _toGroups >= options.GroupQuotaFrames ? FrameFate.DroppedGroupQuota : FrameFate.Accepted;
    }

    private void Append(KeptFrame frame)
    {
        if (_end - _first == _frames.Length)
            Grow();
        _frames[PlaceOf(_end)] = frame;
        if (frame.ToGroup)
            _toGroups++;
        Volatile.Write(ref _end, _end + 1);
    }

    /// <summary>Takes the first frames out. Who holds them is the caller's to know.</summary>
    private void RemoveFirst(int count)
    {
        for (int i = 0; i < count; i++)
        {
            ref KeptFrame? place = ref _frames[PlaceOf(_first + i)];
            if (place!.ToGroup)
                _toGroups--;
            place = null;
        }

        Volatile.Write(ref _first, _first + count);
    }

    /// <summary>Makes room in steps: what a guest costs is what ever waited for it, and a guest that only sends costs nothing.</summary>
    private void Grow()
    {
        KeptFrame?[] larger = new KeptFrame?[Math.Max(LeastPlaces, 2 * _frames.Length)];
        for (long number = _first; number < _end; number++)
            larger[number & (larger.Length - 1)] = _frames[PlaceOf(number)];
        _frames = larger;
    }

    // The length is a power of two.
    private int PlaceOf(long number) => (int)(number & (_frames.Length - 1));
}
