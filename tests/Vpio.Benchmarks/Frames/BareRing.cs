using System.Runtime.InteropServices;

namespace Vpio.Benchmarks.Frames;

/// <summary>Is a ring of descriptors and a buffer for each between two threads, and nothing else: what ours is without devices, guests and checks.</summary>
/// <remarks>As large as ours. Each side looks at the other's counter only when its own copy of it is used up, and shows its own once for a batch.</remarks>
internal sealed unsafe class BareRing : IFramePath
{
    private const int TailOffset = 0;
    private const int HeadOffset = 128;
    private const int DescriptorsOffset = 4096;
    private const int BuffersOffset = 2 * 4096;

    private readonly int _frameBytes;
    private readonly byte* _memory;
    private readonly byte[] _sent;
    private readonly byte[] _taken;

    /// <summary>Makes a ring.</summary>
    /// <param name="frameBytes">How long each frame is; 0 passes descriptors alone.</param>
    public BareRing(int frameBytes)
    {
        _frameBytes = frameBytes;
        _sent = new byte[frameBytes];
        _taken = new byte[frameBytes];
        nuint length = BuffersOffset + (CopyLimit.Buffers * CopyLimit.BufferBytes);
        _memory = (byte*)NativeMemory.AlignedAlloc(length, 4096);
        NativeMemory.Clear(_memory, length);
    }

    /// <inheritdoc/>
    public void Send(int frames)
    {
        uint tail = Volatile.Read(ref Tail);
        uint head = Volatile.Read(ref Head);
        for (int sent = 0; sent < frames; sent += FrameRate.BatchFrames)
        {
            while (tail - head > CopyLimit.Buffers - FrameRate.BatchFrames)
                head = Volatile.Read(ref Head);
            for (int i = 0; i < FrameRate.BatchFrames; i++)
                Fill(tail++);
            Volatile.Write(ref Tail, tail);
        }
    }

    /// <inheritdoc/>
    public void Take(int frames)
    {
        uint head = Volatile.Read(ref Head);
        for (int taken = 0; taken < frames;)
        {
            uint tail = Volatile.Read(ref Tail);
            uint batch = Math.Min(tail - head, FrameRate.BatchFrames);
            for (uint i = 0; i < batch; i++)
                Empty(head++);
            Volatile.Write(ref Head, head);
            taken += (int)batch;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => NativeMemory.AlignedFree(_memory);

    private ref uint Tail => ref *(uint*)(_memory + TailOffset);

    private ref uint Head => ref *(uint*)(_memory + HeadOffset);

    private Descriptor* At(uint counter) => (Descriptor*)(_memory + DescriptorsOffset) + (counter % CopyLimit.Buffers);

    private void Fill(uint counter)
    {
        byte* buffer = _memory + BuffersOffset + (counter % CopyLimit.Buffers * CopyLimit.BufferBytes);
        if (_frameBytes > 0)
            _sent.CopyTo(new Span<byte>(buffer, _frameBytes));
        *At(counter) = new Descriptor((ulong)buffer, (uint)_frameBytes, 0);
    }

    private void Empty(uint counter)
    {
        Descriptor descriptor = *At(counter);
        if (descriptor.LengthBytes > 0)
            new Span<byte>((byte*)descriptor.Address, (int)descriptor.LengthBytes).CopyTo(_taken);
    }

    private readonly record struct Descriptor(ulong Address, uint LengthBytes, uint Flags);
}
