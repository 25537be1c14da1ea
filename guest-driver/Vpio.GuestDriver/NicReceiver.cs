using Vpio.Abi.Network;
using Vpio.Abi.Operations;
using Vpio.Abi.Ownership;

namespace Vpio.GuestDriver;

/// <summary>Receives frames by the network device: reads them out of its ring, and posts the buffers again, many at once.</summary>
/// <remarks>
/// Completion is read from the descriptors, which are guest memory: what came before a release can be read after it.
/// The ring is set up at <see cref="Start"/>, and again when the device lost the guest's context; frames still in it are
/// read first. No hypercall, no lock and no allocation for a frame. Threads: one at a time. Source: <c>docs/nic.md</c>, "Rings".
/// </remarks>
public sealed class NicReceiver : IDisposable
{
    private readonly NicHalf _half;
    private readonly NicRing _ring;
    private readonly uint _start;
    private uint _next; // The next descriptor to read; all before it are open again.
    private uint _rung; // Posted, as the device was told.

    /// <summary>Makes a receiver, and allocates its ring.</summary>
    /// <param name="domain">The guest.</param>
    /// <param name="device">The device, one of the guest's.</param>
    /// <param name="ringEntries">How many frames the ring holds, a power of two, 2 to 4096.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="ringEntries"/> is no such number.</exception>
    public NicReceiver(GuestDomain domain, GuestDevice device, int ringEntries = 256)
        : this(domain, device, ringEntries, start: 0)
    {
    }

    internal NicReceiver(GuestDomain domain, GuestDevice device, int ringEntries, uint start)
    {
        _half = new NicHalf(device, NicHalfRegisters.Receive);
        _ring = new NicRing(domain, ringEntries, DmaAccess.ReadWrite);
        _start = start;
        _next = start;
        _rung = unchecked(start + _ring.Entries);
    }

    /// <summary>Gets how many buffers the device gave back without a frame, because it could not use them.</summary>
    public long ErrorFrames { get; private set; }

    private uint Posted => unchecked(_next + _ring.Entries); // Every descriptor is open or holds a frame.

    /// <summary>Sets the ring up if the device does not know it, and posts what was read.</summary>
    /// <param name="lease">The lease.</param>
    /// <exception cref="LeaseLostException">The ownership is over.</exception>
    /// <exception cref="NicProtocolException">The device broke its specification.</exception>
    /// <remarks>Call it once in each ownership. When the device lost the context, the frames still in the ring are read first, then this sets it up again.</remarks>
    public void Start([RequiresHeld] in DeviceLease lease)
    {
        if (!EnsureSetUp(in lease) || _rung == Posted)
            return;
        _half.Post(in lease, Posted);
        _rung = Posted;
    }

    /// <summary>Reads the next frame, and posts the buffers again when half of them were read or none holds a frame.</summary>
    /// <param name="lease">The lease.</param>
    /// <param name="into">Where to copy the frame; 2048 bytes are always enough.</param>
    /// <param name="length">How long the frame is, bytes.</param>
    /// <returns><see langword="false"/> when there is none.</returns>
    /// <exception cref="ArgumentException"><paramref name="into"/> is too short; the frame stays.</exception>
    /// <exception cref="LeaseLostException">The ownership is over. No frame is lost by that: read on without a lease.</exception>
    /// <exception cref="NicProtocolException">The device broke its specification; its descriptor is skipped.</exception>
    public bool TryReceive([RequiresHeld] in DeviceLease lease, Span<byte> into, out int length)
    {
        if (unchecked(Posted - _rung) >= _ring.Entries / 2)
            Start(in lease);
        bool received = TryReceive(into, out length);
        if (!received)
            Start(in lease);
        return received;
    }

    /// <summary>Reads the next frame out of the ring. Works also after the release.</summary>
    /// <param name="into">Where to copy the frame; 2048 bytes are always enough.</param>
    /// <param name="length">How long the frame is, bytes.</param>
    /// <returns><see langword="false"/> when there is none.</returns>
    /// <exception cref="ArgumentException"><paramref name="into"/> is too short; the frame stays.</exception>
    /// <exception cref="NicProtocolException">The device broke its specification; its descriptor is skipped.</exception>
    public bool TryReceive(Span<byte> into, out int length)
    {
        while (true)
        {
            ref NicDescriptor descriptor = ref _ring.Descriptor(_next);

            // ORDER acquire: length and frame are read after the flag that completes them. Pairs with the device's release of Flags.
            uint flags = Volatile.Read(ref descriptor.Flags);
            length = 0;
            if (flags == 0)
                return false;

            // Read once: the device may write it again, and what was checked is what is used.
            uint written = Volatile.Read(ref descriptor.LengthBytes);
            if (flags == NicDescriptor.Done && written is >= NicRegister.MinFrameBytesValue and <= NicRing.BufferBytes)
            {
                length = Take((int)written, into);
                return true;
            }

            Reopen();
            if (flags != NicDescriptor.Error)
                throw new NicProtocolException($"Receive descriptor 0x{unchecked(_next - 1):x8} came back with flags 0x{flags:x8} and 0x{written:x8} bytes, for a buffer of 0x{NicRing.BufferBytes:x} bytes; {_half.Device.Index}.");
            ErrorFrames++;
        }
    }

    /// <summary>Posts what was read, and waits until a frame is in the ring.</summary>
    /// <param name="lease">The lease.</param>
    /// <param name="timeout">How long at most; <see cref="Timeout.InfiniteTimeSpan"/> for ever.</param>
    /// <returns><see langword="true"/> when there is one; <see langword="false"/> when the guest must stop, or the time was over.</returns>
    /// <exception cref="LeaseLostException">The ownership ended meanwhile. Frames in the ring stay readable.</exception>
    /// <exception cref="NicProtocolException">The device stopped receive by a fault.</exception>
    /// <remarks>Blocks: looks a few times, then sleeps until the device's interrupt.</remarks>
    [Polls]
    public bool WaitForFrames([RequiresHeld] in DeviceLease lease, TimeSpan timeout)
    {
        if (lease.StopRequested)
            return HasFrame;
        Start(in lease);
        return NicWait.Until(in lease, timeout, new FrameCame(this));
    }

    /// <summary>Gives the ring's memory back. The device must not use it any more: dispose after the last release.</summary>
    public void Dispose() => _ring.Dispose();

    private bool HasFrame =>

        // ORDER acquire: as in TryReceive, which looks again. Pairs with the device's release of Flags.
        Volatile.Read(ref _ring.Descriptor(_next).Flags) != 0;

    private bool EnsureSetUp(in DeviceLease lease)
    {
        if (_half.IsSetUp(in lease))
            return true;
        if (_half.IsOffered(in lease))
            return _half.TryAwaitRunning(in lease);
        if (HasFrame)
            return false; // What came before the context was lost is read first.

        OpenAll();
        return _half.TryOffer(in lease, _ring, Posted) && _half.TryAwaitRunning(in lease);
    }

    private void OpenAll()
    {
        _next = _start;
        _ring.DescribeAll(NicRing.BufferBytes);
        _rung = Posted;
    }

    private int Take(int length, Span<byte> into)
    {
        if (into.Length < length)
            throw new ArgumentException($"The frame has {length} bytes, and there is room for {into.Length}.", nameof(into));
        _ring.Buffer(_next)[..length].CopyTo(into);
        Reopen();
        return length;
    }

    private void Reopen()
    {
        _ring.Reopen(_next, NicRing.BufferBytes);
        unchecked
        {
            _next++;
        }
    }

    private readonly struct FrameCame(NicReceiver receiver) : INicProgress
    {
        public NicHalf Half => receiver._half;

        [Quiesce]
        public bool IsReached([RequiresHeld] in DeviceLease lease) => receiver.HasFrame;
    }
}
