using Vpio.Abi;
using Vpio.Abi.Network;

namespace Vpio.Hypervisor.Devices.Network;

/// <summary>Keeps the frames of one guest in order until the guest takes them: bounded, drops the newest, counts what it drops.</summary>
/// <remarks>Also the receive FIFO of the guest that holds the device, so that parked frames always come first. Threads: any.</remarks>
internal sealed class ParkingBuffer(DomainId guest, NicOptions options)
{
    private readonly Lock _gate = new();
    private byte[] _bytes = [];
    private Parked[] _frames = [];
    private long _first;
    private long _end;
    private int _toGroups;
    private bool _suspended;

    /// <summary>Gets whether no frame is kept.</summary>
    public bool IsEmpty => Volatile.Read(ref _end) == Volatile.Read(ref _first);

    /// <summary>Gets how many frames were dropped or discarded so far.</summary>
    public ulong Dropped { get; private set; }

    /// <summary>Takes a frame in at the end.</summary>
    /// <param name="frame">The frame, at most 1,514 bytes.</param>
    /// <param name="toGroup">Whether it is addressed to a group.</param>
    /// <param name="wasEmpty">Whether it is the only one now.</param>
    /// <returns>What became of it.</returns>
    public FrameFate Add(ReadOnlySpan<byte> frame, bool toGroup, out bool wasEmpty)
    {
        lock (_gate)
        {
            FrameFate fate = Decide(toGroup);
            wasEmpty = fate == FrameFate.Accepted && IsEmpty;
            if (fate == FrameFate.Accepted)
                Append(frame, toGroup);
            else
                Dropped++;

            // Inside the lock: the observer sees the frames of a guest in the order in which the guest gets them.
            options.Observer?.Arrived(guest, frame, fate);
            return fate;
        }
    }

    /// <summary>Copies the first frame out, without taking it.</summary>
    /// <param name="into">Where to, at least 1,514 bytes.</param>
    /// <param name="lengthBytes">How long it is.</param>
    /// <returns>Whether there is one.</returns>
    public bool TryPeek(Span<byte> into, out int lengthBytes)
    {
        lock (_gate)
        {
            lengthBytes = 0;
            if (IsEmpty)
                return false;
            int place = PlaceOf(_first);
            lengthBytes = _frames[place].LengthBytes;
            _bytes.AsSpan(place * (int)NicRegister.MaxFrameBytesValue, lengthBytes).CopyTo(into);
            return true;
        }
    }

    /// <summary>Takes the first frame out: it was delivered.</summary>
    public void Take()
    {
        lock (_gate)
        {
            if (IsEmpty)
                return; // Discarded while it was being delivered, by a stop of its guest.
            if (_frames[PlaceOf(_first)].ToGroup)
                _toGroups--;
            Volatile.Write(ref _first, _first + 1);
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
            Dropped += (ulong)frames;
            _toGroups = 0;
            Volatile.Write(ref _first, _end);
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

    private FrameFate Decide(bool toGroup)
    {
        if (_suspended)
            return FrameFate.DroppedGuestStopped;
        if (_end - _first == options.ParkingFrames)
            return FrameFate.DroppedParkingFull;
        return toGroup && _toGroups >= options.GroupQuotaFrames ? FrameFate.DroppedGroupQuota : FrameFate.Accepted;
    }

    private void Append(ReadOnlySpan<byte> frame, bool toGroup)
    {
        if (_frames.Length == 0)
        {
            // Made with the first frame: guests that only send cost nothing here.
            _frames = new Parked[options.ParkingFrames];
            _bytes = GC.AllocateUninitializedArray<byte>(options.ParkingFrames * (int)NicRegister.MaxFrameBytesValue);
        }

        int place = PlaceOf(_end);
        _frames[place] = new Parked((ushort)frame.Length, toGroup);
        frame.CopyTo(_bytes.AsSpan(place * (int)NicRegister.MaxFrameBytesValue));
        if (toGroup)
            _toGroups++;
        Volatile.Write(ref _end, _end + 1);
    }

    private int PlaceOf(long number) => (int)(number % _frames.Length);

    private readonly record struct Parked(ushort LengthBytes, bool ToGroup);
}
