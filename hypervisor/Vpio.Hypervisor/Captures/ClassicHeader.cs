using System.Buffers.Binary;

namespace Vpio.Hypervisor.Captures;

/// <summary>Holds what the 24-byte header of a classic file says about its records.</summary>
/// <param name="Order">The byte order of the writer.</param>
/// <param name="NsPerFraction">1000 where the records count microseconds, 1 where they count nanoseconds.</param>
/// <param name="Minor">The minor version; below 4 the two lengths of a record may stand swapped.</param>
/// <param name="LinkType">What every frame begins with.</param>
internal readonly record struct ClassicHeader(ByteOrder Order, int NsPerFraction, ushort Minor, ushort LinkType)
{
    /// <summary>The bytes of the header.</summary>
    internal const int Size = 24;

    /// <summary>The first four bytes of a file whose records count microseconds.</summary>
    internal const uint MicrosecondMagic = 0xA1B2C3D4;

    /// <summary>The first four bytes of a file whose records count nanoseconds.</summary>
    internal const uint NanosecondMagic = 0xA1B23C4D;

    /// <summary>The one major version there is.</summary>
    internal const ushort Major = 2;

    private const int LinkTypeOffset = 20;

    /// <summary>Tells whether a file begins as classic files do.</summary>
    internal static bool Begins(ReadOnlySpan<byte> start) => TryOrder(start, out _, out _);

    /// <summary>Takes the header of a file that begins as classic files do.</summary>
    /// <exception cref="CaptureFormatException">The header is cut off, or of another version.</exception>
    internal static ClassicHeader Take(CaptureInput input)
    {
        Span<byte> header = stackalloc byte[Size];
        CapturePlace place = CapturePlace.Start(input.Name);
        int got = input.Fill(header);
        if (got < Size)
            throw CaptureFormatException.Truncated(place, got, Size);
        _ = TryOrder(header, out ByteOrder order, out int nsPerFraction);
        ushort major = order.UInt16(header[4..]);
        ushort minor = order.UInt16(header[6..]);
        if (major != Major)
            throw OtherVersion(place, major, minor);

        // The upper half of the word holds the length of the frame check sequence and other flags, not the type.
        ushort linkType = (ushort)order.UInt32(header[LinkTypeOffset..]);
        return new ClassicHeader(order, nsPerFraction, minor, linkType);
    }

    private static bool TryOrder(ReadOnlySpan<byte> start, out ByteOrder order, out int nsPerFraction)
    {
        uint magic = BinaryPrimitives.ReadUInt32LittleEndian(start);
        bool little = magic is MicrosecondMagic or NanosecondMagic;
        uint native = little ? magic : BinaryPrimitives.ReverseEndianness(magic);
        order = little ? ByteOrder.Little : ByteOrder.Big;
        nsPerFraction = native == NanosecondMagic ? 1 : 1000;
        return native is MicrosecondMagic or NanosecondMagic;
    }

    private static CaptureFormatException OtherVersion(CapturePlace place, ushort major, ushort minor) =>
        CaptureFormatException.Unreadable(CaptureFault.Unsupported, place,
            $"says pcap version {major}.{minor} in {place}, where 2.0 to 2.4 are read",
            "convert it with editcap -F pcap OLD NEW, or fetch it again if it is damaged");
}
