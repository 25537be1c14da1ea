namespace Vpio.Hypervisor.Captures;

/// <summary>Knows the interfaces of the pcapng section being read, and makes frames of its packet blocks.</summary>
internal sealed class CaptureSection
{
    /// <summary>The most interfaces a section may describe; a real host has a few hundred at most.</summary>
    internal const int MaxInterfaces = 65_536;

    private const int PacketFixedBytes = 20;
    private const int SimpleFixedBytes = 4;

    private readonly List<InterfaceDescription> _interfaces = [];
    private int _interfacesBefore;
    private ByteOrder _order;
    private long _lastTimestampNs;

    /// <summary>Forgets the interfaces of the section before: numbers start again at 0.</summary>
    internal void Begin(ByteOrder order)
    {
        // Wraps only after two billion descriptions, tens of gigabytes of them; the index is then merely not unique.
        _interfacesBefore = unchecked(_interfacesBefore + _interfaces.Count) & int.MaxValue;
        _interfaces.Clear();
        _order = order;
    }

    /// <summary>Takes a block in.</summary>
    /// <returns>True when the block carried a frame.</returns>
    /// <exception cref="CaptureFormatException">The block contradicts itself or the interfaces described before it.</exception>
    internal bool TryAccept(uint type, ReadOnlyMemory<byte> body, CapturePlace place, out CapturedFrame frame)
    {
        frame = default;
        switch (type)
        {
            case BlockType.InterfaceDescription:
                Describe(body.Span, place);
                return false;
            case BlockType.EnhancedPacket or BlockType.Packet:
                frame = Packet(type, body, place);
                return true;
            case BlockType.SimplePacket:
                frame = SimplePacket(body, place);
                return true;
            default:
                return false;
        }
    }

    private void Describe(ReadOnlySpan<byte> body, CapturePlace place)
    {
        if (_interfaces.Count == MaxInterfaces)
            throw CaptureFormatException.Malformed(place, $"describes one interface more than the limit of {MaxInterfaces} in a section");
        _interfaces.Add(InterfaceDescription.Parse(body, _order, place));
    }

    private CapturedFrame Packet(uint type, ReadOnlyMemory<byte> body, CapturePlace place)
    {
        RequireFixed(body, PacketFixedBytes, place);
        ReadOnlySpan<byte> head = body.Span;

        // The obsolete block differs in one field: half of the interface number is a count of drops.
        uint number = type == BlockType.Packet ? _order.UInt16(head) : _order.UInt32(head);
        InterfaceDescription seenBy = Interface(number, place);
        ulong ticks = ((ulong)_order.UInt32(head[4..]) << 32) | _order.UInt32(head[8..]);
        if (!seenBy.Resolution.TryConvert(ticks, seenBy.OffsetSeconds, out _lastTimestampNs))
            throw CaptureFormatException.Malformed(place, "carries a time outside the years 1678 to 2262");
        ReadOnlyMemory<byte> bytes = Bytes(body[PacketFixedBytes..], _order.UInt32(head[12..]), place);
        return Frame(bytes, _order.UInt32(head[16..]), number, seenBy.LinkType);
    }

    private CapturedFrame SimplePacket(ReadOnlyMemory<byte> body, CapturePlace place)
    {
        RequireFixed(body, SimpleFixedBytes, place);
        InterfaceDescription seenBy = Interface(0, place);
        uint original = _order.UInt32(body.Span);

        // The block does not say how much was kept; the interface's limit does.
        uint captured = seenBy.SnapLength == 0 ? original : Math.Min(original, seenBy.SnapLength);
        return Frame(Bytes(body[SimpleFixedBytes..], captured, place), original, 0, seenBy.LinkType);
    }

    private CapturedFrame Frame(ReadOnlyMemory<byte> bytes, uint original, uint number, ushort linkType) =>
        new(bytes, Math.Max(original, bytes.Length), _lastTimestampNs, unchecked(_interfacesBefore + (int)number), linkType, 0);

    private InterfaceDescription Interface(uint number, CapturePlace place) => number < _interfaces.Count
        ? _interfaces[(int)number]
        : throw CaptureFormatException.Malformed(place, $"names interface {number}, but its section has described {_interfaces.Count} before it");

    private static ReadOnlyMemory<byte> Bytes(ReadOnlyMemory<byte> room, uint captured, CapturePlace place) => captured <= room.Length
        ? room[..(int)captured]
        : throw CaptureFormatException.Malformed(place, $"claims a frame of {captured} bytes, of which {room.Length} are in the block");

    private static void RequireFixed(ReadOnlyMemory<byte> body, int size, CapturePlace place)
    {
        if (body.Length < size)
            throw CaptureFormatException.Malformed(place, $"carries a packet in {body.Length} bytes where {size} are the least");
    }
}
