using Vpio.Abi.Network;
using Vpio.Hypervisor.Captures;
using Vpio.Tool.Run;

namespace Vpio.Tool.Traffic;

/// <summary>Holds the frames of a capture that the NIC can carry, and the account of those that it cannot.</summary>
/// <remarks>The file is read to its end before anything runs: a capture that breaks off in the middle is refused whole.</remarks>
internal sealed class CaptureContents
{
    /// <summary>The most bytes of frames held in memory.</summary>
    internal const long MostBytes = 256L * 1024 * 1024;

    // What holding a frame costs beyond its bytes: many short frames are not to cost more than few long ones.
    private const int FrameOverheadBytes = 32;

    private readonly FrameArena _arena = new();
    private readonly List<ReadOnlyMemory<byte>> _frames = [];
    private long _held;
    private long _notEthernet;
    private ushort _otherLinkType;

    private CaptureContents(string name) => Name = name;

    /// <summary>Gets what messages call the capture.</summary>
    internal string Name { get; }

    /// <summary>Gets the frames that can be carried, in the order of the file.</summary>
    internal IReadOnlyList<ReadOnlyMemory<byte>> Frames => _frames;

    /// <summary>Gets the frames that cannot, by reason.</summary>
    internal NotCarried NotCarried { get; } = new();

    /// <summary>Gets how many of the frames were cut by the capture's snap length: they are carried as captured.</summary>
    internal long CutFrames { get; private set; }

    /// <summary>Reads a capture to its end.</summary>
    /// <param name="stream">The capture, pcap or pcapng; closed on return.</param>
    /// <param name="name">What messages call it.</param>
    /// <returns>Its frames.</returns>
    /// <exception cref="UsageException">It holds no frame, none of Ethernet, or more than fits in memory.</exception>
    /// <exception cref="CaptureFormatException">It is no whole capture.</exception>
    internal static CaptureContents Read(Stream stream, string name)
    {
        var contents = new CaptureContents(name);
        using CaptureReader reader = CaptureReader.Open(stream, name);
        while (reader.TryReadNext(out CapturedFrame frame))
            contents.Add(frame);
        contents.RequireFrames(reader.FramesRead);
        return contents;
    }

    private void RequireFrames(long records)
    {
        if (records == 0)
            throw new UsageException($"{Name} holds no frames; check that the capture ran while there was traffic.");
        if (_notEthernet == records)
        {
            throw new UsageException(
                $"{Name} holds no Ethernet frames, only {LinkType.Describe(_otherLinkType)}; capture on an Ethernet interface, not on \"any\" or a tunnel.");
        }
    }

    private void Add(in CapturedFrame frame)
    {
        if (ReasonAgainst(frame) is { } reason)
            Refuse(reason, frame);
        else
            Keep(frame);
    }

    private static NotCarriedReason? ReasonAgainst(in CapturedFrame frame)
    {
        if (frame.LinkType != LinkType.Ethernet)
            return NotCarriedReason.NotEthernet;
        if (frame.OriginalLength > NicFrame.MaxBytes)
            return NotCarriedReason.TooLong;
        return frame.Bytes.Length < NicFrame.MinBytes ? NotCarriedReason.TooShort : null;
    }

    private void Refuse(NotCarriedReason reason, in CapturedFrame frame)
    {
        bool hasSource = reason != NotCarriedReason.NotEthernet && frame.Bytes.Length >= NicFrame.MinBytes;
        NotCarried.Add(reason, frame, hasSource ? NicFrame.Source(frame.Bytes.Span) : (MacAddress?)null);
        if (reason != NotCarriedReason.NotEthernet)
            return;
        _notEthernet++;
        _otherLinkType = frame.LinkType;
    }

    private void Keep(in CapturedFrame frame)
    {
        _held += frame.Bytes.Length + FrameOverheadBytes;
        if (_held > MostBytes)
        {
            throw new UsageException(
                $"{Name} holds more than {MostBytes >> 20} MiB of frames, more than is kept in memory; split it with editcap -c or tcpdump -C.");
        }

        if (frame.IsCut)
            CutFrames++;
        _frames.Add(_arena.Store(frame.Bytes.Span));
    }
}
