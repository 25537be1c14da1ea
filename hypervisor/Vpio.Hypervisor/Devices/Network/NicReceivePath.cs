using Vpio.Abi;
using Vpio.Abi.Network;

namespace Vpio.Hypervisor.Devices.Network;

/// <summary>Is the receiving half of the NIC for one guest: from its parking into its ring by DMA.</summary>
internal sealed class NicReceivePath(GuestAttachment attachment, ParkingBuffer parking)
{
    private const int BatchFrames = 32;
    private const ulong LengthOffset = 8;
    private const ulong FlagsOffset = 12;

    private readonly NicRing _ring = new();
    private readonly KeptFrame[] _held = new KeptFrame[BatchFrames];
    private ulong _frames;
    private ulong _bytes;
    private ulong _parked;

    /// <summary>Gets how many frames were delivered.</summary>
    public ulong Frames => Volatile.Read(ref _frames);

    /// <summary>Gets how many bytes were delivered.</summary>
    public ulong Bytes => Volatile.Read(ref _bytes);

    /// <summary>Gets how many frames were parked because the guest did not hold the device.</summary>
    public ulong Parked => Volatile.Read(ref _parked);

    /// <summary>Gets how many descriptors were filled.</summary>
    public uint Head => _ring.Head;

    /// <summary>Gets this half's bits of the status register.</summary>
    public NicStatus Status =>
        (_ring.IsRunning ? NicStatus.RxRunning : NicStatus.None) | (_ring.IsFaulted ? NicStatus.RxFault : NicStatus.None);

    /// <summary>Tells whether the guest left something to do when it last had the device.</summary>
    /// <param name="control">The control register.</param>
    /// <returns>Whether frames wait, or the half is to be turned on or off.</returns>
    public bool HasWork(NicControl control) => _ring.IsBehind((control & NicControl.RxEnable) != 0) || !parking.IsEmpty;

    /// <summary>Follows the control register.</summary>
    /// <param name="control">Its value.</param>
    /// <returns>Whether the half's status changed.</returns>
    public bool Follow(NicControl control)
    {
        NicStatus before = Status;
        _ring.Follow((control & NicControl.RxEnable) != 0, attachment.Window, NicRegister.RxRingIova, NicRegister.RxRingEntries);
        return Status != before;
    }

    /// <summary>Delivers what waits, at most a batch.</summary>
    /// <returns><see cref="NicInterrupt.Rx"/> if anything was filled or faulted.</returns>
    public NicInterrupt DoBatch()
    {
        if (!_ring.IsRunning || parking.IsEmpty)
            return NicInterrupt.None;

        uint posted = _ring.CountPosted(attachment.Window.Read32(NicRegister.RxTail));
        int places = (int)Math.Min(posted, BatchFrames);
        Span<KeptFrame> held = _held.AsSpan(0, parking.HoldFirst(_held.AsSpan(0, places)));
        NicInterrupt done = DeliverBatch(held, places);
        foreach (KeptFrame frame in held)
            frame.LetGo();
        return done;
    }

    /// <summary>Counts a frame that was parked.</summary>
    public void CountParked() => Interlocked.Increment(ref _parked);

    /// <summary>Turns the half off, as at reset.</summary>
    public void Reset() => _ring.Disable();

    /// <summary>Fills buffers with frames, until either are used up or the ring faults.</summary>
    private NicInterrupt DeliverBatch(ReadOnlySpan<KeptFrame> frames, int places)
    {
        int delivered = 0;
        int filled = 0;
        ulong bytes = 0;
        for (; filled < places && delivered < frames.Length && _ring.IsRunning; filled++)
        {
            ReadOnlySpan<byte> frame = frames[delivered].Bytes;
            if (!TryDeliverNext(frame))
                continue;
            delivered++;
            bytes += (uint)frame.Length;
        }

        parking.Take(frames[..delivered]);
        Volatile.Write(ref _frames, _frames + (uint)delivered);
        Volatile.Write(ref _bytes, _bytes + bytes);
        return filled > 0 || _ring.IsFaulted ? NicInterrupt.Rx : NicInterrupt.None;
    }

    /// <summary>Fills the next buffer. A buffer that cannot be used is given back as an error; the frame then goes to the one after it.</summary>
    private bool TryDeliverNext(ReadOnlySpan<byte> frame)
    {
        Iova place = _ring.NextDescriptor;
        if (!attachment.Dma.TryRead(place, out NicDescriptor descriptor))
        {
            _ring.Fault();
            return false;
        }

        bool usable = descriptor.LengthBytes >= frame.Length
            && attachment.Dma.TryWrite(frame, new Iova(descriptor.Iova));
        if (!TryComplete(place, usable ? (uint)frame.Length : 0, usable ? NicDescriptor.Done : NicDescriptor.Error))
        {
            _ring.Fault();
            return false;
        }

        _ring.Consume();
        return usable;
    }

    private bool TryComplete(Iova place, uint lengthBytes, uint flags) =>
        attachment.Dma.TryPublish(lengthBytes, place + LengthOffset)
        && attachment.Dma.TryPublish(flags, place + FlagsOffset);
}
