using Vpio.Abi;
using Vpio.Abi.Network;

namespace Vpio.Hypervisor.Devices.Network;

/// <summary>Is the receiving half of the NIC for one guest: from its parking into its ring by DMA.</summary>
internal sealed class NicReceivePath(GuestAttachment attachment, ParkingBuffer parking)
{
    private const int BatchFrames = 32;
    private const ulong LengthOffset = 8;

    // Length and flags of a descriptor, which are beside each other, as one word.
    private const ulong Completed = (ulong)NicDescriptor.Done << 32;
    private const ulong Unusable = (ulong)NicDescriptor.Error << 32;

    private readonly NicRing _ring = new();
    private readonly KeptFrame[] _lent = new KeptFrame[BatchFrames];
    private readonly ulong[] _completions = new ulong[BatchFrames];
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
        Span<KeptFrame> lent = _lent.AsSpan(0, parking.Lend(_lent.AsSpan(0, places)));
        return DeliverBatch(lent, places);
    }

    /// <summary>Counts frames that were parked.</summary>
    /// <param name="frames">How many.</param>
    public void CountParked(int frames) => Interlocked.Add(ref _parked, (ulong)frames);

    /// <summary>Turns the half off, as at reset.</summary>
    public void Reset() => _ring.Disable();

    /// <summary>Fills buffers with frames, until either are used up or the ring faults, and then completes them all.</summary>
    /// <remarks>
    /// Not one after the other: a guest that waits looks at the next descriptor all the time, and each completion takes the line back from it that holds four.
    /// </remarks>
    private NicInterrupt DeliverBatch(ReadOnlySpan<KeptFrame> frames, int places)
    {
        ReadOnlySpan<ulong> completions = _completions.AsSpan(0, Fill(frames, places, out bool isBlocked));
        int delivered = 0;
        ulong bytes = 0;
        foreach (ulong completion in completions)
        {
            if (!attachment.Dma.TryPublish(completion, _ring.NextDescriptor + LengthOffset))
            {
                isBlocked = true;
                break;
            }

            _ring.Consume();
            if (completion == Unusable)
                continue;
            delivered++;
            bytes += (uint)completion;
        }

        if (isBlocked)
            _ring.Fault();
        foreach (KeptFrame frame in frames[..parking.EndLoan(frames.Length, delivered)])
            frame.LetGo();
        Volatile.Write(ref _frames, _frames + (uint)delivered);
        Volatile.Write(ref _bytes, _bytes + bytes);
        return completions.Length > 0 || _ring.IsFaulted ? NicInterrupt.Rx : NicInterrupt.None;
    }

    /// <summary>Fills the next buffers. One that cannot be used is given back as an error; the frame then goes to the one after it.</summary>
    /// <param name="frames">The frames.</param>
    /// <param name="places">How many descriptors may be used.</param>
    /// <param name="isBlocked">Whether the descriptor after them cannot be read.</param>
    /// <returns>How many descriptors are to be completed.</returns>
    private int Fill(ReadOnlySpan<KeptFrame> frames, int places, out bool isBlocked)
    {
        int next = 0;
        int filled = 0;
        isBlocked = false;
        for (; filled < places && next < frames.Length; filled++)
        {
            isBlocked = !attachment.Dma.TryRead(_ring.DescriptorAfter((uint)filled), out NicDescriptor descriptor);
            if (isBlocked)
                break;
            ReadOnlySpan<byte> frame = frames[next].Bytes;
            bool usable = descriptor.LengthBytes >= frame.Length && attachment.Dma.TryWrite(frame, new Iova(descriptor.Iova));
            _completions[filled] = usable ? Completed | (uint)frame.Length : Unusable;
            next += usable ? 1 : 0;
        }

        return filled;
    }
}
