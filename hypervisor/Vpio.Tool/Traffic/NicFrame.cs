using System.Buffers.Binary;
using Vpio.Abi.Network;

namespace Vpio.Tool.Traffic;

/// <summary>Knows what a frame must be for the NIC to carry it, and where its addresses stand.</summary>
internal static class NicFrame
{
    /// <summary>The shortest frame: two addresses and a type.</summary>
    internal const int MinBytes = 14;

    /// <summary>The longest frame: 1,500 bytes behind its header.</summary>
    internal const int MaxBytes = 1514;

    private const int AddressBytes = 6;

    /// <summary>Reads the address a frame goes to.</summary>
    /// <param name="frame">At least <see cref="MinBytes"/>.</param>
    internal static MacAddress Destination(ReadOnlySpan<byte> frame) => Address(frame);

    /// <summary>Reads the address a frame comes from.</summary>
    /// <param name="frame">At least <see cref="MinBytes"/>.</param>
    internal static MacAddress Source(ReadOnlySpan<byte> frame) => Address(frame[AddressBytes..]);

    /// <summary>Gives a frame another destination.</summary>
    internal static void SetDestination(Span<byte> frame, MacAddress address) => SetAddress(frame, address);

    /// <summary>Gives a frame another source.</summary>
    internal static void SetSource(Span<byte> frame, MacAddress address) => SetAddress(frame[AddressBytes..], address);

    private static MacAddress Address(ReadOnlySpan<byte> bytes) =>
        new(BinaryPrimitives.ReadUInt32LittleEndian(bytes) | ((ulong)BinaryPrimitives.ReadUInt16LittleEndian(bytes[4..]) << 32));

    private static void SetAddress(Span<byte> bytes, MacAddress address)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, (uint)address.Value);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[4..], (ushort)(address.Value >> 32));
    }
}
