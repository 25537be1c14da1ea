using Vpio.Abi.Network;

namespace Vpio.AssembledGuests.Job;

/// <summary>Lays out the memory that the device reaches: both rings in the first page, then the buffers of both.</summary>
internal static class RingMemory
{
    /// <summary>How many descriptors each ring has, a power of two.</summary>
    public const int Entries = 64;

    /// <summary>The bits of a count that say which descriptor it is.</summary>
    public const int EntryMask = Entries - 1;

    /// <summary>The size of a buffer as a power of two.</summary>
    public const int BufferShift = 11;

    /// <summary>How long a buffer is, bytes.</summary>
    public const int BufferBytes = 1 << BufferShift;

    /// <summary>The size of a descriptor as a power of two.</summary>
    public const int DescriptorShift = 4;

    /// <summary>Where the device sees the memory.</summary>
    public const uint Iova = 0x10_0000;

    /// <summary>Where the transmit ring begins.</summary>
    public const int TxRing = 0;

    /// <summary>Where the receive ring begins.</summary>
    public const int RxRing = Entries * NicDescriptor.Size;

    /// <summary>Where the buffers of frames to send begin.</summary>
    public const int TxBuffers = 4096;

    /// <summary>Where the buffers of frames to receive begin.</summary>
    public const int RxBuffers = TxBuffers + (Entries * BufferBytes);

    /// <summary>How long all of it is.</summary>
    public const int Bytes = RxBuffers + (Entries * BufferBytes);
}
