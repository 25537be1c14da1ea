using System.Buffers.Binary;

namespace Vpio.Hypervisor.Captures;

/// <summary>Reads integers in the byte order of the host that wrote the file.</summary>
internal readonly struct ByteOrder
{
    private readonly bool _big;

    private ByteOrder(bool big) => _big = big;

    /// <summary>Gets the order with the low byte first.</summary>
    internal static ByteOrder Little { get; } = new(false);

    /// <summary>Gets the order with the high byte first.</summary>
    internal static ByteOrder Big { get; } = new(true);

    /// <summary>Reads the 16 bits that <paramref name="bytes"/> begins with.</summary>
    internal ushort UInt16(ReadOnlySpan<byte> bytes) =>
        _big ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    /// <summary>Reads the 32 bits that <paramref name="bytes"/> begins with.</summary>
    internal uint UInt32(ReadOnlySpan<byte> bytes) =>
        _big ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    /// <summary>Reads the signed 64 bits that <paramref name="bytes"/> begins with.</summary>
    internal long Int64(ReadOnlySpan<byte> bytes) =>
        _big ? BinaryPrimitives.ReadInt64BigEndian(bytes) : BinaryPrimitives.ReadInt64LittleEndian(bytes);
}
