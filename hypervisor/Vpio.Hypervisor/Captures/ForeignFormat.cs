namespace Vpio.Hypervisor.Captures;

/// <summary>Recognizes what people hand to a capture reader by mistake, so that the message can say what to do.</summary>
internal static class ForeignFormat
{
    /// <summary>How many bytes of a file are enough to recognize it.</summary>
    internal const int LookBytes = 16;

    private const string Convert = "convert it with editcap -F pcap OLD NEW";
    private const string Unpack = "unpack it first";

    // First bytes, what has them, what to do. A magic number is listed in both byte orders.
    private static readonly (byte[] Start, string Kind, string Remedy)[] Known =
    [
        ([0xA1, 0xB2, 0xCD, 0x34], "a modified pcap file (Kuznetzov's patch)", Convert),
        ([0x34, 0xCD, 0xB2, 0xA1], "a modified pcap file (Kuznetzov's patch)", Convert),
        ([0xA1, 0x2B, 0x3C, 0x4D], "a Navtel pcap file", Convert),
        ([0x4D, 0x3C, 0x2B, 0xA1], "a Navtel pcap file", Convert),
        ([0x1C, 0x00, 0x01, 0xAB], "an Ixia capture", Convert),
        ([0x1C, 0x00, 0x01, 0xAC], "an Ixia capture", Convert),
        ([0xAB, 0x01, 0x00, 0x1C], "an Ixia capture", Convert),
        ([0xAC, 0x01, 0x00, 0x1C], "an Ixia capture", Convert),
        ([.. "snoop\0\0\0"u8], "a snoop capture", Convert),
        ([.. "GMBU"u8], "a Network Monitor capture", Convert),
        ([0x1F, 0x8B], "gzip data", Unpack),
        ([0x28, 0xB5, 0x2F, 0xFD], "zstd data", Unpack),
        ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], "xz data", Unpack),
        ([0x04, 0x22, 0x4D, 0x18], "lz4 data", Unpack),
        ([.. "BZh"u8], "bzip2 data", Unpack),
        ([.. "PK\u0003\u0004"u8], "a zip archive", Unpack),
        ([.. "version https://"u8], "a Git LFS pointer", "fetch the file itself with git lfs pull"),
    ];

    /// <summary>Describes a file that is neither classic pcap nor pcapng.</summary>
    /// <param name="name">The name of the file.</param>
    /// <param name="start">Its first bytes, up to <see cref="LookBytes"/>.</param>
    /// <returns>The exception to throw.</returns>
    internal static CaptureFormatException Describe(string name, ReadOnlySpan<byte> start)
    {
        (string kind, string remedy) = Recognize(start);
        bool isCapture = remedy == Convert;
        string begins = System.Convert.ToHexString(start[..Math.Min(4, start.Length)]);
        return CaptureFormatException.Unreadable(
            isCapture ? CaptureFault.Unsupported : CaptureFault.UnknownFormat,
            CapturePlace.Start(name),
            $"is not a pcap or pcapng file: at byte 0 it begins with {begins}, which looks like {kind}",
            remedy);
    }

    private static (string Kind, string Remedy) Recognize(ReadOnlySpan<byte> start)
    {
        foreach ((byte[] known, string kind, string remedy) in Known)
        {
            if (start.StartsWith(known))
                return (kind, remedy);
        }

        if (IsText(start))
            return ("text", "export the capture again as pcap or pcapng");
        return start.ContainsAnyExcept((byte)0)
            ? ("no capture format known here", Convert)
            : ("a file of zeros", "the copy failed, so fetch it again");
    }

    private static bool IsText(ReadOnlySpan<byte> start) =>
        !start.ContainsAnyExceptInRange((byte)'\t', (byte)'~') && !start.ContainsAnyInRange((byte)14, (byte)31);
}
