namespace Vpio.Hypervisor.Captures;

/// <summary>Holds one frame of a capture file, as the reader found it.</summary>
/// <param name="Bytes">The captured bytes. Valid until the next read: the reader uses one buffer again and again, so copy what must last.</param>
/// <param name="OriginalLength">The frame's length on the wire, in bytes; never less than the captured bytes.</param>
/// <param name="TimestampNs">When the frame was seen, in nanoseconds since 1970-01-01 UTC. A pcapng Simple Packet Block says no time: its frame gets that of the frame before, or 0.</param>
/// <param name="InterfaceIndex">The interface that saw the frame, zero-based over the whole file; always 0 in a classic file.</param>
/// <param name="LinkType">What the bytes begin with; <see cref="Captures.LinkType"/> names the values.</param>
/// <param name="RecordNumber">The frame's place in the file, one-based, as tcpdump and Wireshark count.</param>
public readonly record struct CapturedFrame(
    ReadOnlyMemory<byte> Bytes,
    long OriginalLength,
    long TimestampNs,
    int InterfaceIndex,
    ushort LinkType,
    long RecordNumber)
{
    /// <summary>Tells whether the capture kept fewer bytes than the wire carried.</summary>
    public bool IsCut => Bytes.Length < OriginalLength;
}
