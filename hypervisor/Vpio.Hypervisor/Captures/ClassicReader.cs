namespace Vpio.Hypervisor.Captures;

/// <summary>Reads the records of a classic file.</summary>
internal sealed class ClassicReader(CaptureInput input, ClassicHeader header) : CaptureReader(input)
{
    private const int RecordHeaderBytes = 16;
    private const long NsPerSecond = 1_000_000_000;

    private protected override bool TryRead(out CapturedFrame frame)
    {
        frame = default;
        Span<byte> record = stackalloc byte[RecordHeaderBytes];
        var place = new CapturePlace(Name, "record", FramesRead + 1, Input.Offset);
        int got = Input.Fill(record);
        if (got == 0)
            return false;
        if (got < RecordHeaderBytes)
            throw CaptureFormatException.Truncated(place, got, RecordHeaderBytes);
        (uint captured, uint original) = Lengths(record);
        ReadOnlyMemory<byte> bytes = Take(captured, place);
        frame = new CapturedFrame(bytes, Math.Max(captured, original), Timestamp(record), 0, header.LinkType, 0);
        return true;
    }

    private ReadOnlyMemory<byte> Take(uint captured, CapturePlace place)
    {
        if (captured > MaxRecordBytes)
            throw CaptureFormatException.TooLarge(place, captured, MaxRecordBytes);
        int got = Input.Take((int)captured, out ReadOnlyMemory<byte> bytes);
        if (got < captured)
            throw CaptureFormatException.Truncated(place, RecordHeaderBytes + got, RecordHeaderBytes + captured);
        return bytes;
    }

    // A fraction of a second or more is carried over, as other readers do.
    private long Timestamp(ReadOnlySpan<byte> record) =>
        (header.Order.UInt32(record) * NsPerSecond) + ((long)header.Order.UInt32(record[4..]) * header.NsPerFraction);

    private (uint Captured, uint Original) Lengths(ReadOnlySpan<byte> record)
    {
        uint first = header.Order.UInt32(record[8..]);
        uint second = header.Order.UInt32(record[12..]);

        // Before version 2.3 the original length came first; in 2.3 it depended on the program. The captured one is never the longer.
        bool swapped = header.Minor < 3 || (header.Minor == 3 && first > second);
        return swapped ? (second, first) : (first, second);
    }
}
