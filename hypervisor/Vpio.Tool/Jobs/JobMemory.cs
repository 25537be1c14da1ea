using System.Buffers;
using System.Runtime.CompilerServices;
using Vpio.Abi;

namespace Vpio.Tool.Jobs;

/// <summary>Is the memory through which domain 0 and a guest's program talk, as one of the two sees it.</summary>
/// <remarks>
/// Words are read and written whole, and each once. What the other side wrote is checked by whoever reads it.
/// Threads: any; what they say to each other is ordered by release and acquire.
/// </remarks>
internal sealed unsafe class JobMemory : MemoryManager<byte>
{
    private readonly byte* _start;
    private readonly object _owner;

    /// <summary>Takes memory for it.</summary>
    /// <param name="memory">The memory, aligned to 8 bytes.</param>
    /// <param name="owner">What keeps it mapped for as long as it is reachable.</param>
    internal JobMemory(GuestMemory memory, object owner)
    {
        // SAFETY: the owner keeps the range mapped, and this object keeps the owner; every access below checks bound and alignment.
        _start = (byte*)memory.Start;
        _owner = owner;
        LengthBytes = memory.LengthBytes;
    }

    /// <summary>Makes memory for a job that stays within this process.</summary>
    /// <param name="bytes">How much, bytes; a multiple of 8.</param>
    /// <returns>The memory, all zeros.</returns>
    internal static JobMemory Allocate(long bytes)
    {
        ulong[] words = GC.AllocateArray<ulong>((int)(bytes / sizeof(ulong)), pinned: true);

        // SAFETY: the array is pinned, as long as was asked for, and kept by what is returned.
        return new JobMemory(new GuestMemory((nint)Unsafe.AsPointer(ref words[0]), bytes), words);
    }

    /// <summary>Gets how long it is, bytes.</summary>
    internal long LengthBytes { get; }

    /// <summary>Reads a word; what the other side wrote before it is seen after this.</summary>
    /// <param name="offset">Where it stands, bytes, a multiple of 4.</param>
    // ORDER acquire: what a tail or a phase announces is read after it. Pairs with Volatile.Write in JobMemory.Write32.
    internal uint Read32(long offset) => Volatile.Read(ref *(uint*)At(offset, sizeof(uint)));

    /// <summary>Reads a word of 64 bits.</summary>
    /// <param name="offset">Where it stands, bytes, a multiple of 8.</param>
    // ORDER acquire: a count is read before the records that it stands for. Pairs with Volatile.Write in JobMemory.Write64.
    internal ulong Read64(long offset) => Volatile.Read(ref *(ulong*)At(offset, sizeof(ulong)));

    /// <summary>Writes a word, after all that was written before it.</summary>
    /// <param name="offset">Where it stands, bytes, a multiple of 4.</param>
    /// <param name="value">The word.</param>
    // ORDER release: records come before the tail that announces them. Pairs with Volatile.Read in JobMemory.Read32.
    internal void Write32(long offset, uint value) => Volatile.Write(ref *(uint*)At(offset, sizeof(uint)), value);

    /// <summary>Writes a word of 64 bits, after all that was written before it.</summary>
    /// <param name="offset">Where it stands, bytes, a multiple of 8.</param>
    /// <param name="value">The word.</param>
    // ORDER release: records come before the count that they are part of. Pairs with Volatile.Read in JobMemory.Read64.
    internal void Write64(long offset, ulong value) => Volatile.Write(ref *(ulong*)At(offset, sizeof(ulong)), value);

    /// <summary>Copies bytes out.</summary>
    /// <param name="offset">Where they begin.</param>
    /// <param name="into">Where to.</param>
    internal void Read(long offset, Span<byte> into) => new ReadOnlySpan<byte>(Range(offset, into.Length), into.Length).CopyTo(into);

    /// <summary>Copies bytes in.</summary>
    /// <param name="offset">Where they begin.</param>
    /// <param name="bytes">The bytes.</param>
    internal void Write(long offset, ReadOnlySpan<byte> bytes) => bytes.CopyTo(new Span<byte>(Range(offset, bytes.Length), bytes.Length));

    /// <inheritdoc/>
    public override Span<byte> GetSpan() => new(_start, checked((int)LengthBytes));

    /// <inheritdoc/>
    public override MemoryHandle Pin(int elementIndex = 0) => new(_start + elementIndex, default, this);

    /// <inheritdoc/>
    public override void Unpin()
    {
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
    }

    private byte* At(long offset, int size)
    {
        if (offset % size != 0)
            throw new ArgumentOutOfRangeException(nameof(offset), offset, $"A word of {size} bytes stands at a multiple of them.");
        return Range(offset, size);
    }

    private byte* Range(long offset, int length)
    {
        if ((ulong)offset > (ulong)LengthBytes || length > LengthBytes - offset)
            throw new ArgumentOutOfRangeException(nameof(offset), offset, $"The job's memory of {LengthBytes} bytes has no {length} bytes there.");
        return _start + offset;
    }
}
