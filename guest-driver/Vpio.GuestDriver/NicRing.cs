using Vpio.Abi;
using Vpio.Abi.Network;
using Vpio.Abi.Operations;
using Vpio.Abi.Ownership;

namespace Vpio.GuestDriver;

/// <summary>Is a ring of descriptors and a buffer for each, in DMA memory.</summary>
/// <remarks>Counters run on past the ring's end and past 2^32; the place is their remainder by the ring's length, a power of two.</remarks>
internal sealed class NicRing : IDisposable
{
    /// <summary>The size of a buffer, bytes: room for the longest frame.</summary>
    internal const int BufferBytes = 2048;

    private readonly DmaMemory _memory;
    private readonly uint _mask;
    private readonly long _buffersOffset;

    /// <summary>Allocates a ring.</summary>
    /// <param name="domain">The guest.</param>
    /// <param name="entries">How many descriptors, a power of two, 2 to <see cref="NicRegister.MaxRingEntriesValue"/>.</param>
    /// <param name="access">What the device may do there.</param>
    internal NicRing(GuestDomain domain, int entries, DmaAccess access)
    {
        if (entries < 2 || entries > (int)NicRegister.MaxRingEntriesValue || !int.IsPow2(entries))
            throw new ArgumentOutOfRangeException(nameof(entries), $"A ring has a power of two of descriptors, 2 to {NicRegister.MaxRingEntriesValue}; {entries} is none.");

        Entries = (uint)entries;
        _mask = Entries - 1;
        _buffersOffset = Math.Max((long)entries * NicDescriptor.Size, (long)MapArgs.Granule); // No frame shares a page with the descriptors.
        _memory = domain.AllocateDma(_buffersOffset + ((long)entries * BufferBytes), access);
    }

    /// <summary>Gets how many descriptors there are.</summary>
    internal uint Entries { get; }

    /// <summary>Gets where the descriptors begin for the device.</summary>
    internal Iova Iova => _memory.Iova;

    /// <summary>Finds a descriptor.</summary>
    /// <param name="counter">The counter.</param>
    /// <returns>The descriptor, in place.</returns>
    internal ref NicDescriptor Descriptor(uint counter) => ref _memory.At<NicDescriptor>((long)(counter & _mask) * NicDescriptor.Size);

    /// <summary>Finds the buffer of a descriptor.</summary>
    /// <param name="counter">The counter.</param>
    /// <returns>The buffer, in place.</returns>
    internal Span<byte> Buffer(uint counter) => _memory.AsSpan(BufferOffset(counter), BufferBytes);

    /// <summary>Writes a descriptor for its own buffer, not completed. It counts when a tail posts it.</summary>
    /// <param name="counter">The counter.</param>
    /// <param name="lengthBytes">The length of the frame, or the room for one, bytes.</param>
    internal void Describe(uint counter, int lengthBytes)
    {
        Descriptor(counter).Iova = (_memory.Iova + (ulong)BufferOffset(counter)).Value;
        Reopen(counter, lengthBytes);
    }

    /// <summary>Writes a descriptor that was written whole before, and that the device wrote back, as not completed. It counts when a tail posts it.</summary>
    /// <param name="counter">The counter.</param>
    /// <param name="lengthBytes">The room for a frame, bytes.</param>
    internal void Reopen(uint counter, int lengthBytes)
    {
        ref NicDescriptor descriptor = ref Descriptor(counter);
        descriptor.LengthBytes = (uint)lengthBytes;

        // ORDER release: a descriptor that reads as open is whole. Pairs with Volatile.Read in NicReceiver.TryReceive.
        Volatile.Write(ref descriptor.Flags, 0);
    }

    /// <summary>Writes every descriptor for its own buffer.</summary>
    /// <param name="lengthBytes">The length of a frame, or the room for one, bytes.</param>
    [NoOwnershipCheck("It writes at most 4096 descriptors in the guest's own memory, which is over before a poll would pay.")]
    internal void DescribeAll(int lengthBytes)
    {
        for (uint i = 0; i < Entries; i++)
            Describe(i, lengthBytes);
    }

    /// <summary>Writes the length into a descriptor that was written whole before, and that the device does not write back.</summary>
    /// <param name="counter">The counter.</param>
    /// <param name="lengthBytes">The length of the frame, bytes.</param>
    internal void SetLength(uint counter, int lengthBytes) => Descriptor(counter).LengthBytes = (uint)lengthBytes;

    /// <inheritdoc/>
    public void Dispose() => _memory.Dispose();

    private long BufferOffset(uint counter) => _buffersOffset + ((long)(counter & _mask) * BufferBytes);
}
