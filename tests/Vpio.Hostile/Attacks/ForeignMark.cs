using System.Buffers.Binary;

namespace Vpio.Hostile.Attacks;

/// <summary>Is what stands in every frame of a neighbour: no hostile guest may ever have it in its memory.</summary>
public static class ForeignMark
{
    /// <summary>Gets it as bytes.</summary>
    public static ReadOnlySpan<byte> Bytes => "VPIO-own"u8;

    /// <summary>Gets it as a number.</summary>
    public static ulong Value => BinaryPrimitives.ReadUInt64LittleEndian(Bytes);
}
