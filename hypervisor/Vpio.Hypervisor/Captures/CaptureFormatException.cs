namespace Vpio.Hypervisor.Captures;

/// <summary>Reports a capture file that cannot be read. The message is one sentence: the file, the place, what is wrong, what to do.</summary>
public sealed class CaptureFormatException : Exception
{
    private const string Refetch = "the file is damaged or its writer is faulty, so fetch it or capture it again";

    private CaptureFormatException(CaptureFault fault, CapturePlace place, string message)
        : base(message)
    {
        Fault = fault;
        FileName = place.FileName;
        RecordNumber = place.Number;
        ByteOffset = place.Offset;
    }

    /// <summary>Gets the kind of fault.</summary>
    public CaptureFault Fault { get; }

    /// <summary>Gets the name the file was opened under.</summary>
    public string FileName { get; }

    /// <summary>Gets the one-based number of the record (classic) or the block (pcapng) at fault; 0 for the start of the file.</summary>
    public long RecordNumber { get; }

    /// <summary>Gets the byte offset at which the record, the block or the file header at fault begins.</summary>
    public long ByteOffset { get; }

    /// <summary>Says that the file ended too early.</summary>
    internal static CaptureFormatException Truncated(CapturePlace place, long present, long promised) =>
        new(CaptureFault.Truncated, place,
            $"{place.FileName} ends in the middle of {place}, after {present} of its {promised} bytes; the capture was cut off: "
            + (place.Number == 0
                ? "copy it again or capture again."
                : "copy it again, or keep its whole records with tcpdump -r OLD -w NEW."));

    /// <summary>Says that a length is beyond what is ever allocated for it.</summary>
    internal static CaptureFormatException TooLarge(CapturePlace place, uint claimed, int limit) =>
        new(CaptureFault.TooLarge, place, $"{place.FileName}: {place} claims {claimed} bytes where {limit} is the limit; {Refetch}.");

    /// <summary>Says that a record or a block breaks its format.</summary>
    /// <param name="place">The record or the block.</param>
    /// <param name="problem">What it does, as a verb phrase: "names interface 3, but …".</param>
    internal static CaptureFormatException Malformed(CapturePlace place, string problem) =>
        new(CaptureFault.Malformed, place, $"{place.FileName}: {place} {problem}; {Refetch}.");

    /// <summary>Says that the file cannot be read here, and how it could be.</summary>
    /// <param name="fault">Empty, UnknownFormat or Unsupported.</param>
    /// <param name="place">Where the reader saw it.</param>
    /// <param name="problem">What the file does, as a verb phrase: "is empty".</param>
    /// <param name="remedy">What to do, as an imperative.</param>
    internal static CaptureFormatException Unreadable(CaptureFault fault, CapturePlace place, string problem, string remedy) =>
        new(fault, place, $"{place.FileName} {problem}; {remedy}.");
}
