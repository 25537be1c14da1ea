using System.Buffers.Binary;

namespace Vpio.Hypervisor.Captures;

/// <summary>Writes frames into a classic little-endian pcap file that tcpdump and Wireshark open.</summary>
/// <remarks>
/// Memory: one buffer, made once; a write allocates nothing. Threads: one.
/// Blocks: as the stream does, when the buffer is full, on <see cref="Flush"/> and on <see cref="Dispose"/>.
/// Source: draft-ietf-opsawg-pcap.
/// </remarks>
public sealed class CaptureWriter : IDisposable
{
    /// <summary>The most bytes of a frame: what every reader accepts, ours included.</summary>
    public const int MaxFrameBytes = CaptureReader.MaxRecordBytes;

    private const int BufferBytes = 64 * 1024;
    private const int RecordHeaderBytes = 16;
    private const ushort Minor = 4;
    private const long NsPerSecond = 1_000_000_000;

    private readonly Stream _stream;
    private readonly bool _leaveOpen;
    private readonly int _nsPerFraction;
    private readonly byte[] _buffer = new byte[BufferBytes];
    private int _used;
    private bool _disposed;

    /// <summary>Starts a file: its header goes out with the first flush.</summary>
    /// <param name="stream">Where the bytes go, from its present position on; closed with the writer.</param>
    /// <param name="unit">What the timestamps count.</param>
    /// <param name="linkType">What every frame begins with.</param>
    /// <param name="leaveOpen">True for a stream that the caller closes.</param>
    public CaptureWriter(
        Stream stream, TimestampUnit unit = TimestampUnit.Nanoseconds, ushort linkType = LinkType.Ethernet, bool leaveOpen = false)
    {
        ArgumentNullException.ThrowIfNull(stream);
        _stream = stream;
        _leaveOpen = leaveOpen;
        _nsPerFraction = unit == TimestampUnit.Nanoseconds ? 1 : 1000;
        WriteFileHeader(linkType);
    }

    /// <summary>Gets the number of frames written so far.</summary>
    public long FramesWritten { get; private set; }

    /// <summary>Writes one whole frame.</summary>
    /// <param name="frame">Its bytes, at most <see cref="MaxFrameBytes"/>.</param>
    /// <param name="timestampNs">When it was seen, in nanoseconds since 1970-01-01 UTC: not negative, and before the year 2106, where the format ends.</param>
    /// <exception cref="ArgumentOutOfRangeException">The frame is too long or the time is outside the format; nothing was written.</exception>
    public void Write(ReadOnlySpan<byte> frame, long timestampNs)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(frame.Length, MaxFrameBytes, nameof(frame));
        ArgumentOutOfRangeException.ThrowIfNegative(timestampNs);
        (long seconds, long ns) = Math.DivRem(timestampNs, NsPerSecond);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(seconds, uint.MaxValue, nameof(timestampNs));
        Span<byte> header = Reserve(RecordHeaderBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(header, (uint)seconds);
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], (uint)(ns / _nsPerFraction));
        BinaryPrimitives.WriteUInt32LittleEndian(header[8..], (uint)frame.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(header[12..], (uint)frame.Length);
        WriteBytes(frame);
        FramesWritten++;
    }

    /// <summary>Hands everything written so far to the stream, and flushes the stream.</summary>
    public void Flush()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        Drain();
        _stream.Flush();
    }

    /// <summary>Flushes, then closes the stream unless it was to be left open. A second call does nothing.</summary>
    public void Dispose()
    {
        if (_disposed)
            return;
        try
        {
            Flush();
        }
        finally
        {
            _disposed = true;
            if (!_leaveOpen)
                _stream.Dispose();
        }
    }

    private void WriteFileHeader(ushort linkType)
    {
        Span<byte> header = Reserve(ClassicHeader.Size);
        header.Clear();
        uint magic = _nsPerFraction == 1 ? ClassicHeader.NanosecondMagic : ClassicHeader.MicrosecondMagic;
        BinaryPrimitives.WriteUInt32LittleEndian(header, magic);
        BinaryPrimitives.WriteUInt16LittleEndian(header[4..], ClassicHeader.Major);
        BinaryPrimitives.WriteUInt16LittleEndian(header[6..], Minor);
        BinaryPrimitives.WriteUInt32LittleEndian(header[16..], MaxFrameBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(header[20..], linkType);
    }

    private Span<byte> Reserve(int count)
    {
        if (_buffer.Length - _used < count)
            Drain();
        Span<byte> room = _buffer.AsSpan(_used, count);
        _used += count;
        return room;
    }

    private void WriteBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length <= _buffer.Length)
        {
            bytes.CopyTo(Reserve(bytes.Length));
            return;
        }

        Drain();
        _stream.Write(bytes);
    }

    private void Drain()
    {
        // Emptied first: after a failed write, a second try by Dispose must not repeat half a record.
        int used = _used;
        _used = 0;
        _stream.Write(_buffer, 0, used);
    }
}
