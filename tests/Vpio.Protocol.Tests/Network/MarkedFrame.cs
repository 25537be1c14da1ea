using Vpio.Abi.Network;

namespace Vpio.Protocol.Tests.Network;

/// <summary>Is a frame that says in every byte whom it is for: its mark, or that of all. A mark is an even byte, and six of them are a guest's address.</summary>
internal static class MarkedFrame
{
    public const byte All = 0xff;
    public const int HeaderBytes = 18;

    public static MacAddress AddressOf(byte mark) => new(0x0101_0101_0101UL * mark);

    public static byte[] Make(byte to, byte from, int number, int length)
    {
        byte[] frame = RawNic.Frame(AddressOf(to), AddressOf(from), number, length);
        frame.AsSpan(12, 2).Fill(to);
        frame.AsSpan(HeaderBytes).Fill(to);
        return frame;
    }

    /// <summary>Looks for bytes that a guest must not see.</summary>
    /// <param name="buffer">A receive buffer, full of poison until a frame came.</param>
    /// <param name="mark">The guest's mark.</param>
    /// <returns>What is wrong with it; null when nothing is.</returns>
    public static string? Complaint(ReadOnlySpan<byte> buffer, byte mark)
    {
        if (!buffer.ContainsAnyExcept(RawNic.Poison))
            return null;
        byte to = buffer[0];
        if (to != mark && to != All)
            return $"a frame for {to:x2}";
        if (buffer[6] == mark)
            return "a frame that it sent itself";
        if (buffer[..6].ContainsAnyExcept(to) || buffer.Slice(12, 2).ContainsAnyExcept(to))
            return "two frames in one";
        ReadOnlySpan<byte> rest = buffer[HeaderBytes..];
        int length = rest.IndexOfAnyExcept(to);
        if (length < 0)
            return null;
        int foreign = rest[length..].IndexOfAnyExcept(RawNic.Poison);
        return foreign < 0 ? null : $"{rest[length + foreign]:x2} behind {length} bytes of {to:x2}";
    }
}
