using System.Buffers.Binary;

namespace Vpio.Hypervisor.Captures;

/// <summary>Reads the blocks of a pcapng file, passes over those that carry no frame, and hands the others to their section.</summary>
internal sealed class BlockReader(CaptureInput input) : CaptureReader(input)
{
    private const int HeadBytes = 8;
    private const int TailBytes = 4;
    private const int LeastBytes = HeadBytes + TailBytes;
    private const uint ByteOrderMagic = 0x1A2B3C4D;
    private const ushort Major = 1;

    private readonly CaptureSection _section = new();
    private long _blocks;
    private ByteOrder _order;
    private CapturePlace _place;

    /// <summary>Tells whether a file begins with a Section Header Block, whose type reads the same in both byte orders.</summary>
    internal static bool Begins(ReadOnlySpan<byte> start) => BinaryPrimitives.ReadUInt32LittleEndian(start) == BlockType.SectionHeader;

    private protected override bool TryRead(out CapturedFrame frame)
    {
        while (TryTakeBlock(out uint type, out ReadOnlyMemory<byte> body))
        {
            if (type == BlockType.SectionHeader)
                BeginSection(body.Span);
            else if (_section.TryAccept(type, body, _place, out frame))
                return true;
        }

        frame = default;
        return false;
    }

    private bool TryTakeBlock(out uint type, out ReadOnlyMemory<byte> body)
    {
        (type, body) = (0, default);
        Span<byte> head = stackalloc byte[HeadBytes];
        _place = new CapturePlace(Name, "block", _blocks + 1, Input.Offset);
        int got = Input.Fill(head);
        if (got == 0)
            return false;
        if (got < HeadBytes)
            throw CaptureFormatException.Truncated(_place, got, LeastBytes);
        _blocks++;
        if (Begins(head))
            _order = PeekOrder();
        type = _order.UInt32(head);
        uint length = _order.UInt32(head[4..]);
        CheckLength(length);
        body = TakeBody(type, length);
        CheckTail(length);
        return true;
    }

    private ByteOrder PeekOrder()
    {
        ReadOnlySpan<byte> mark = Input.Peek(sizeof(uint));
        if (mark.Length < sizeof(uint))
            throw CaptureFormatException.Truncated(_place, HeadBytes + mark.Length, LeastBytes);
        if (ByteOrder.Little.UInt32(mark) == ByteOrderMagic)
            return ByteOrder.Little;
        if (ByteOrder.Big.UInt32(mark) == ByteOrderMagic)
            return ByteOrder.Big;
        throw CaptureFormatException.Malformed(
            _place, $"opens a section with the byte-order mark {Convert.ToHexString(mark)}, which is neither 1A2B3C4D nor 4D3C2B1A");
    }

    private void CheckLength(uint length)
    {
        if (length < LeastBytes)
            throw CaptureFormatException.Malformed(_place, $"claims a length of {length} bytes where {LeastBytes} are the least");
        if (length % 4 != 0)
            throw CaptureFormatException.Malformed(_place, $"claims a length of {length} bytes, which is not a multiple of 4");
        if (length > MaxBlockBytes)
            throw CaptureFormatException.TooLarge(_place, length, MaxBlockBytes);
    }

    private ReadOnlyMemory<byte> TakeBody(uint type, uint length)
    {
        int bodyBytes = (int)length - LeastBytes;
        ReadOnlyMemory<byte> body = default;
        int got = BlockType.IsRead(type) ? Input.Take(bodyBytes, out body) : Input.Skip(bodyBytes);
        return got == bodyBytes ? body : throw CaptureFormatException.Truncated(_place, HeadBytes + got, length);
    }

    private void CheckTail(uint length)
    {
        Span<byte> tail = stackalloc byte[TailBytes];
        int got = Input.Fill(tail);
        if (got < TailBytes)
            throw CaptureFormatException.Truncated(_place, length - TailBytes + got, length);
        uint repeated = _order.UInt32(tail);
        if (repeated != length)
            throw CaptureFormatException.Malformed(_place, $"claims a length of {length} bytes at its head and {repeated} at its tail");
    }

    private void BeginSection(ReadOnlySpan<byte> body)
    {
        const int FixedBytes = 16;
        if (body.Length < FixedBytes)
            throw CaptureFormatException.Malformed(_place, $"opens a section in {body.Length} bytes where {FixedBytes} are the least");
        ushort major = _order.UInt16(body[4..]);
        if (major != Major)
        {
            throw CaptureFormatException.Unreadable(CaptureFault.Unsupported, _place,
                $"says pcapng version {major}.{_order.UInt16(body[6..])} in {_place}, where 1.x is read",
                "convert it with editcap -F pcapng OLD NEW, or fetch it again if it is damaged");
        }

        _section.Begin(_order);
    }
}
