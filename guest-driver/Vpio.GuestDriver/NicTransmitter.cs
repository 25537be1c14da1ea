using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Vpio.Abi.Network;
using Vpio.Abi.Operations;
using Vpio.Abi.Ownership;

namespace Vpio.GuestDriver;

/// <summary>Sends frames by the network device: copies each into a buffer of its ring, and rings once for many.</summary>
/// <remarks>
/// The ring is set up at the first use under a lease, and again when the device lost the guest's context. Frames that are posted and
/// not sent when the guest releases are sent in its next ownership.
/// No hypercall, no lock and no allocation for a frame. Threads: one at a time. Source: <c>docs/nic.md</c>, "Rings".
/// </remarks>
public sealed class NicTransmitter : IDisposable
{
    private const uint FramesPerLook = 32;

    private readonly NicHalf _half;
    private readonly NicRing _ring;
    private readonly uint _start;
    private uint _tail; // Posted, in the ring.
    private uint _rung; // Posted, as the device was told.
    private uint _head; // Consumed, as last read.
    private ulong _consumedBefore; // The device's count when the ring was set up.

    /// <summary>Makes a transmitter, and allocates its ring.</summary>
    /// <param name="domain">The guest.</param>
    /// <param name="device">The device, one of the guest's.</param>
    /// <param name="ringEntries">How many frames the ring holds, a power of two, 2 to 4096.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="ringEntries"/> is no such number.</exception>
    public NicTransmitter(GuestDomain domain, GuestDevice device, int ringEntries = 256)
        : this(domain, device, ringEntries, start: 0)
    {
    }

    internal NicTransmitter(GuestDomain domain, GuestDevice device, int ringEntries, uint start)
    {
        _half = new NicHalf(device, NicHalfRegisters.Transmit);
        _ring = new NicRing(domain, ringEntries, DmaAccess.Read);
        _ring.DescribeAll(lengthBytes: 0);
        _start = start;
        _tail = _rung = _head = start;
    }

    /// <summary>Gets how many frames were posted and lost, because the device lost the guest's context, or broke, before it took them.</summary>
    /// <remarks>
    /// Each time the last ones that were posted. Exact: the device's own count of what it consumed outlives the context. It is brought up to date when the ring
    /// is set up again, at the first use in the next ownership; <see cref="UnconfirmedFrames"/> bounds what may be added.
    /// </remarks>
    public long DiscardedFrames { get; private set; }

    /// <summary>Gets how many frames are posted and were not seen taken. Needs no lease: after a lost one they are sent, or will be, or are lost, and the next ownership tells.</summary>
    public int UnconfirmedFrames => (int)unchecked(_tail - _head);

    /// <summary>Puts a frame into the ring. <see cref="Flush"/> shows it to the device.</summary>
    /// <param name="lease">The lease.</param>
    /// <param name="frame">The frame, without check sequence, 14 to 1514 bytes. Its source must be the guest's MAC address.</param>
    /// <returns><see langword="false"/> when the ring is full, or the guest must stop before the ring is set up.</returns>
    /// <exception cref="ArgumentException">The frame is too short or too long.</exception>
    /// <exception cref="LeaseLostException">The ownership is over. Looked at once for 32 frames, and when the ring looks full.</exception>
    /// <exception cref="NicProtocolException">The device broke its specification.</exception>
    public bool TrySend([RequiresHeld] in DeviceLease lease, ReadOnlySpan<byte> frame)
    {
        if (frame.Length < (int)NicRegister.MinFrameBytesValue || frame.Length > (int)NicRegister.MaxFrameBytesValue)
            ThrowBadLength(frame.Length);
        if (!EnsureSetUp(in lease))
            return false;
        if (_tail % FramesPerLook == 0)
            lease.EnsureHeld();
        if (unchecked(_tail - _head) == _ring.Entries && ReadOutstanding(in lease) == _ring.Entries)
            return false;

        frame.CopyTo(_ring.Buffer(_tail));
        _ring.SetLength(_tail, frame.Length);
        unchecked
        {
            _tail++;
        }

        return true;
    }

    /// <summary>Shows the device what was posted since the last time: one doorbell. Does nothing when that is nothing.</summary>
    /// <param name="lease">The lease.</param>
    /// <exception cref="LeaseLostException">The ownership is over.</exception>
    [Quiesce]
    public void Flush([RequiresHeld] in DeviceLease lease)
    {
        if (_rung == _tail || !EnsureSetUp(in lease) || _rung == _tail)
            return;
        _half.Post(in lease, _tail);
        _rung = _tail;
    }

    /// <summary>Counts the frames that are posted and not yet taken by the device.</summary>
    /// <param name="lease">The lease.</param>
    /// <returns>How many, 0 to the ring's length.</returns>
    /// <exception cref="LeaseLostException">The ownership is over.</exception>
    /// <exception cref="NicProtocolException">The device broke its specification.</exception>
    public int CountOutstanding([RequiresHeld] in DeviceLease lease) => EnsureSetUp(in lease) ? (int)ReadOutstanding(in lease) : 0;

    /// <summary>Waits until half of the ring is free: fewer waits than for each frame. Flushes only if it must wait.</summary>
    /// <param name="lease">The lease.</param>
    /// <param name="timeout">How long at most; <see cref="Timeout.InfiniteTimeSpan"/> for ever.</param>
    /// <returns><see langword="true"/> when it is; <see langword="false"/> when the guest must stop, or the time was over.</returns>
    /// <exception cref="LeaseLostException">The ownership is over.</exception>
    /// <exception cref="NicProtocolException">The device broke its specification, or stopped transmit by a fault.</exception>
    /// <remarks>Blocks: looks a few times, then sleeps until the device's interrupt.</remarks>
    [Polls]
    public bool WaitForRoom([RequiresHeld] in DeviceLease lease, TimeSpan timeout) =>
        (EnsureSetUp(in lease) && unchecked(_tail - _head) < _ring.Entries) || WaitFor(in lease, timeout, _ring.Entries / 2);

    /// <summary>Flushes, and waits until the device took every frame.</summary>
    /// <param name="lease">The lease.</param>
    /// <param name="timeout">How long at most; <see cref="Timeout.InfiniteTimeSpan"/> for ever.</param>
    /// <returns><see langword="true"/> when it did; <see langword="false"/> when the guest must stop, or the time was over.</returns>
    /// <exception cref="LeaseLostException">The ownership is over.</exception>
    /// <exception cref="NicProtocolException">The device broke its specification, or stopped transmit by a fault.</exception>
    /// <remarks>Blocks: looks a few times, then sleeps until the device's interrupt.</remarks>
    [Polls]
    [Quiesce]
    public bool WaitForDrain([RequiresHeld] in DeviceLease lease, TimeSpan timeout) => WaitFor(in lease, timeout, mostOutstanding: 0);

    /// <summary>Gives the ring's memory back. The device must not use it any more: dispose after the last release.</summary>
    public void Dispose() => _ring.Dispose();

    // The message is made out of line: the room for making it would be cleared with each frame.
    [DoesNotReturn]
    private static void ThrowBadLength(int length) =>
        throw new ArgumentException($"A frame has {NicRegister.MinFrameBytesValue} to {NicRegister.MaxFrameBytesValue} bytes without its check sequence; this one has {length}.", "frame");

    private bool WaitFor(in DeviceLease lease, TimeSpan timeout, uint mostOutstanding)
    {
        if (!EnsureSetUp(in lease))
            return false;
        Flush(in lease);
        return NicWait.Until(in lease, timeout, new Drained(this, mostOutstanding));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool EnsureSetUp(in DeviceLease lease) => _half.IsSetUp(in lease) || TrySetUp(in lease);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TrySetUp(in DeviceLease lease) => (_half.IsOffered(in lease) || TryOfferAgain(in lease)) && _half.TryAwaitRunning(in lease);

    private bool TryOfferAgain(in DeviceLease lease)
    {
        if (!_half.TryTurnOff(in lease))
            return false;
        Discard(in lease);
        return _half.TryOffer(in lease, _ring, _start);
    }

    /// <summary>Counts what of the former ring the device did not take. It takes frames in order, so those are the last.</summary>
    private void Discard(in DeviceLease lease)
    {
        ulong consumed = unchecked(lease.Read64(NicRegister.TxFrames) + lease.Read64(NicRegister.TxErrors));
        uint left = unchecked(_tail - _start - (uint)(consumed - _consumedBefore));
        DiscardedFrames += Math.Min(left, unchecked(_tail - _head)); // More is missing only where another driver used the device too.
        _consumedBefore = consumed;
        _tail = _rung = _head = _start;
    }

    private uint ReadOutstanding(in DeviceLease lease)
    {
        uint head = lease.Read32(NicRegister.TxHead);
        if (unchecked(head - _head) > unchecked(_rung - _head))
            throw _half.Broken($"The transmit head is 0x{head:x8}, outside of what was posted, 0x{_head:x8} to 0x{_rung:x8}");
        _head = head;
        return unchecked(_tail - head);
    }

    private readonly struct Drained(NicTransmitter transmitter, uint mostOutstanding) : INicProgress
    {
        public NicHalf Half => transmitter._half;

        [Quiesce]
        public bool IsReached([RequiresHeld] in DeviceLease lease) => transmitter.ReadOutstanding(in lease) <= mostOutstanding;
    }
}
