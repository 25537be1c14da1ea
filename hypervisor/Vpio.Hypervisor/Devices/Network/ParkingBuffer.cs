using Vpio.Abi;

namespace Vpio.Hypervisor.Devices.Network;

/// <summary>Keeps the frames of one guest in order until the guest takes them: bounded, drops the newest, counts what it drops.</summary>
/// <remarks>Also the receive FIFO of the guest that holds the device, so that parked frames always come first. Threads: any.</remarks>
internal sealed class ParkingBuffer(DomainId guest, NicOptions options)
{
    private const int LeastPlaces = 16;

    // Delivered frames have their places until the batch is over: with few places, small batches.
    private readonly int _mostHeld = Math.Max(1, options.ParkingFrames / 4);
    private readonly Lock _gate = new();
    private KeptFrame?[] _frames = [];
    private long _first;
    private long _end;
    private int _toGroups;
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

    /// <summary>Takes a frame in at the end.</summary>
    /// <param name="frame">The frame; when it is accepted, the caller's hold of it goes along.</param>
    /// <param name="admitted">Whether the guest's policy lets it in.</param>
    /// <param name="wasEmpty">Whether it is the only one now.</param>
    /// <returns>What became of it.</returns>
    public FrameFate Add(KeptFrame frame, bool admitted, out bool wasEmpty)
    {
        lock (_gate)
        {
            FrameFate fate = Decide(frame.ToGroup, admitted);
            wasEmpty = fate == FrameFate.Accepted && IsEmpty;
            if (fate == FrameFate.Accepted)
                Append(frame);
            else
                _drops = _drops.With(fate);

            // Inside the lock: the observer sees the frames of a guest in the order in which the guest gets them.
            options.Observer?.Arrived(guest, frame.Bytes, fate);
            return fate;
        }
    }

    /// <summary>Holds the first frames, without taking them.</summary>
    /// <param name="frames">Where they go, in their order; the caller lets go of those that it does not take.</param>
    /// <returns>How many there are; a quarter of the parking at most.</returns>
    public int HoldFirst(Span<KeptFrame> frames)
    {
        lock (_gate)
        {
            int count = (int)Math.Min(_end - _first, Math.Min(frames.Length, _mostHeld));
            for (int i = 0; i < count; i++)
            {
                KeptFrame frame = _frames[PlaceOf(_first + i)]!;
                frame.Hold();
                frames[i] = frame;
            }

            return count;
        }
    }

    /// <summary>Takes the first frames out: they were delivered.</summary>
    /// <param name="delivered">The frames, which the caller held until now.</param>
    public void Take(ReadOnlySpan<KeptFrame> delivered)
    {
        lock (_gate)
        {
            // Discarded while they were being delivered, by a stop of their guest: then what is first now, if anything, is another.
            foreach (KeptFrame frame in delivered)
            {
                bool isHere = !IsEmpty && _frames[PlaceOf(_first)] == frame;
                if (isHere)
                    RemoveFirst();
                frame.LetGo(holds: isHere ? 2 : 1);
            }
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
            while (!IsEmpty)
                RemoveFirst().LetGo();
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

    /// <summary>Takes the first frame out, with the hold of it.</summary>
    private KeptFrame RemoveFirst()
    {
        ref KeptFrame? place = ref _frames[PlaceOf(_first)];
        KeptFrame frame = place!;
        place = null;
        if (frame.ToGroup)
            _toGroups--;
        Volatile.Write(ref _first, _first + 1);
        return frame;
    }

    /// <summary>Makes room in steps, powers of two: what a guest costs is what ever waited for it, and a guest that only sends costs nothing.</summary>
    private void Grow()
    {
        KeptFrame?[] larger = new KeptFrame?[Math.Max(LeastPlaces, 2 * _frames.Length)];
        for (long number = _first; number < _end; number++)
            larger[number & (larger.Length - 1)] = _frames[PlaceOf(number)];
        _frames = larger;
    }

    private int PlaceOf(long number) => (int)number & (_frames.Length - 1);
}
