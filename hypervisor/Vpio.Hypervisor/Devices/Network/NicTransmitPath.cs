using System.Buffers.Binary;
using Vpio.Abi;
using Vpio.Abi.Network;

namespace Vpio.Hypervisor.Devices.Network;

/// <summary>Is the sending half of the NIC for one guest: ring, DMA, checks on a private copy, wire.</summary>
internal sealed class NicTransmitPath(Nic nic, GuestAttachment attachment, MacAddress address, IFrameObserver? observer)
{
    // An owner that is to give the device up waits for the batch.
    private const uint BatchFrames = 32;
    private const int SourceOffset = 6;

    private readonly NicRing _ring = new();
    private readonly byte[] _frame = new byte[NicRegister.MaxFrameBytesValue];
    private ulong _frames;
    private ulong _bytes;
    private ulong _errors;
    private ulong _framesNow; // In this batch; the device's thread only.
    private ulong _bytesNow;
    private ulong _errorsNow;

    /// <summary>Gets how many frames were sent.</summary>
    public ulong Frames => Volatile.Read(ref _frames);

    /// <summary>Gets how many bytes were sent.</summary>
    public ulong Bytes => Volatile.Read(ref _bytes);

    /// <summary>Gets how many descriptors were consumed without sending a frame.</summary>
    public ulong Errors => Volatile.Read(ref _errors);

    /// <summary>Gets how many descriptors were consumed.</summary>
    public uint Head => _ring.Head;

    /// <summary>Gets this half's bits of the status register.</summary>
    public NicStatus Status =>
        (_ring.IsRunning ? NicStatus.TxRunning : NicStatus.None) | (_ring.IsFaulted ? NicStatus.TxFault : NicStatus.None);

    /// <summary>Tells whether the guest left something to do when it last had the device.</summary>
    /// <param name="control">The control register.</param>
    /// <returns>Whether descriptors are posted, or the half is to be turned on or off.</returns>
    public bool HasWork(NicControl control) =>
        _ring.IsBehind((control & NicControl.TxEnable) != 0)
        || (_ring.IsRunning && attachment.Window.Read32(NicRegister.TxTail) != _ring.Head);

    /// <summary>Follows the control register.</summary>
    /// <param name="control">Its value.</param>
    /// <returns>Whether the half's status changed.</returns>
    public bool Follow(NicControl control)
    {
        NicStatus before = Status;
        _ring.Follow((control & NicControl.TxEnable) != 0, attachment.Window, NicRegister.TxRingIova, NicRegister.TxRingEntries);
        return Status != before;
    }

    /// <summary>Sends what the guest posted, at most a batch, and no more than there is room for behind what all guests are to hear.</summary>
    /// <returns><see cref="NicInterrupt.Tx"/> if anything was consumed or faulted.</returns>
    public NicInterrupt DoBatch()
    {
        if (!_ring.IsRunning)
            return NicInterrupt.None;

        uint posted = _ring.CountPosted(attachment.Window.Read32(NicRegister.TxTail));
        uint count = Math.Min(posted, BatchFrames);
        uint done = 0;
        for (; done < count && _ring.IsRunning && nic.HasRoom; done++)
            SendNext();

        // Counted when whom they are for have them: who reads the counters may look for the frames there.
        nic.BringToOnes();
        Volatile.Write(ref _frames, _framesNow);
        Volatile.Write(ref _bytes, _bytesNow);
        Volatile.Write(ref _errors, _errorsNow);
        return done > 0 || _ring.IsFaulted ? NicInterrupt.Tx : NicInterrupt.None;
    }

    /// <summary>Turns the half off, as at reset.</summary>
    public void Reset() => _ring.Disable();

    private void SendNext()
    {
        if (!attachment.Dma.TryRead(_ring.NextDescriptor, out NicDescriptor descriptor))
        {
            _ring.Fault();
            return;
        }

        _ring.Consume();
        if (TryFetch(descriptor, out Span<byte> frame) && nic.TrySend(attachment.Guest, frame, observer))
        {
            _framesNow++;
            _bytesNow += (uint)frame.Length;
        }
        else
        {
            _errorsNow++;
        }
    }

    /// <summary>Copies a frame out of guest memory and checks the copy: what the guest writes from now on changes nothing.</summary>
    private bool TryFetch(NicDescriptor descriptor, out Span<byte> frame)
    {
        frame = default;
        if (descriptor.LengthBytes is < NicRegister.MinFrameBytesValue or > NicRegister.MaxFrameBytesValue || descriptor.Flags != 0)
            return false;

        frame = _frame.AsSpan(0, (int)descriptor.LengthBytes);
        return attachment.Dma.TryRead(new Iova(descriptor.Iova), frame) && SourceOf(frame) == address;
    }

    private static MacAddress SourceOf(ReadOnlySpan<byte> frame) =>
        new(BinaryPrimitives.ReadUInt64LittleEndian(frame[(SourceOffset - 2)..]) >> 16);
}
