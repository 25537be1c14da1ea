using System.Diagnostics.CodeAnalysis;

namespace Vpio.Hypervisor.Captures;

/// <summary>Reads the frames of a capture file one by one, be it classic pcap or pcapng.</summary>
/// <remarks>
/// Memory: one buffer as large as the largest frame met, never larger than the limits below, whatever the file claims.
/// Threads: one. Blocks: as the stream does. The stream need not seek.
/// Source: draft-ietf-opsawg-pcap, draft-ietf-opsawg-pcapng.
/// </remarks>
[SuppressMessage("Design", "CA1063:Implement IDisposable correctly", Justification = "Nobody else can derive from it, and no reader has a finalizer.")]
public abstract class CaptureReader : IDisposable
{
    /// <summary>The most bytes a record of a classic file may hold; libpcap's own limit.</summary>
    public const int MaxRecordBytes = 262_144;

    /// <summary>The most bytes a block of a pcapng file may hold, head and tail included.</summary>
    public const int MaxBlockBytes = 16 * 1024 * 1024;

    private CaptureFormatException? _failure;

    private protected CaptureReader(CaptureInput input) => Input = input;

    /// <summary>Gets the name the file was opened under.</summary>
    public string Name => Input.Name;

    /// <summary>Gets the number of frames returned so far. A file with a header and no frame is whole; 0 after the last read tells it.</summary>
    public long FramesRead { get; private set; }

    private protected CaptureInput Input { get; }

    /// <summary>Opens a capture and reads its header.</summary>
    /// <param name="stream">The file's bytes from the first on; closed with the reader, or at once when opening fails.</param>
    /// <param name="name">What messages call the file.</param>
    /// <param name="leaveOpen">True for a stream that the caller closes.</param>
    /// <returns>The reader, before the first frame.</returns>
    /// <exception cref="CaptureFormatException">The file is empty, cut off inside its header, or no capture.</exception>
    public static CaptureReader Open(Stream stream, string name, bool leaveOpen = false)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentException.ThrowIfNullOrEmpty(name);
        var input = new CaptureInput(stream, name, leaveOpen);
        try
        {
            return Recognize(input);
        }
        catch
        {
            input.Dispose();
            throw;
        }
    }

    /// <summary>Reads the next frame.</summary>
    /// <param name="frame">The frame, whose bytes are valid until the next read.</param>
    /// <returns>False at the end of the file.</returns>
    /// <exception cref="CaptureFormatException">The rest of the file cannot be read; every further call says so again.</exception>
    public bool TryReadNext(out CapturedFrame frame)
    {
        if (_failure is not null)
            throw _failure;
        try
        {
            if (!TryRead(out frame))
                return false;
        }
        catch (CaptureFormatException failure)
        {
            // After a fault the next byte is no record's first, and reading on would return noise as frames.
            _failure = failure;
            throw;
        }

        frame = frame with { RecordNumber = ++FramesRead };
        return true;
    }

    /// <summary>Closes the stream, unless it was to be left open.</summary>
    [SuppressMessage("Usage", "CA1816:Dispose methods should call SuppressFinalize", Justification = "No reader has a finalizer.")]
    public void Dispose() => Input.Dispose();

    private protected abstract bool TryRead(out CapturedFrame frame);

    private static CaptureReader Recognize(CaptureInput input)
    {
        ReadOnlySpan<byte> start = input.Peek(ForeignFormat.LookBytes);
        if (start.IsEmpty)
        {
            throw CaptureFormatException.Unreadable(CaptureFault.Empty, CapturePlace.Start(input.Name),
                "is empty: it ends at byte 0, before any file header", "check that the capture ran and that its file was copied");
        }

        if (start.Length < sizeof(uint))
            throw CaptureFormatException.Truncated(CapturePlace.Start(input.Name), start.Length, ClassicHeader.Size);
        if (BlockReader.Begins(start))
            return new BlockReader(input);
        if (ClassicHeader.Begins(start))
            return new ClassicReader(input, ClassicHeader.Take(input));
        throw ForeignFormat.Describe(input.Name, start);
    }
}
