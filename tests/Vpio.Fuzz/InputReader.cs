using System.Buffers.Binary;

namespace Vpio.Fuzz;

/// <summary>Reads an input from its beginning; behind its end there are zeros.</summary>
/// <param name="input">The input.</param>
internal ref struct InputReader(ReadOnlySpan<byte> input)
{
    // Where numbers of 8, 32, 40 and 64 bits end, where pages do, and what a ring or a frame just may have.
    private static readonly ulong[] Edges =
    [
        ulong.MaxValue, long.MaxValue, 1UL << 63, ulong.MaxValue - 4095, ulong.MaxValue - 16, uint.MaxValue, 1UL << 32, int.MaxValue,
        1UL << 31, (1UL << 40) - 1, 1UL << 40, 4096, 8192, 4095, 4097, 65_536, 1514, 1515, 61_440, 32,
    ];

    private ReadOnlySpan<byte> _rest = input;

    /// <summary>Gets whether nothing is left.</summary>
    public readonly bool IsAtEnd => _rest.IsEmpty;

    /// <summary>Reads a byte.</summary>
    public byte NextByte()
    {
        if (_rest.IsEmpty)
            return 0;
        byte value = _rest[0];
        _rest = _rest[1..];
        return value;
    }

    /// <summary>Reads one of so many choices.</summary>
    /// <param name="choices">How many, at most 256.</param>
    /// <returns>0 and up.</returns>
    public int Pick(int choices) => NextByte() % choices;

    /// <summary>Reads two bytes.</summary>
    public ushort NextUInt16() => (ushort)(NextByte() | (NextByte() << 8));

    /// <summary>Reads eight bytes.</summary>
    public ulong NextUInt64()
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        Fill(bytes);
        return BinaryPrimitives.ReadUInt64LittleEndian(bytes);
    }

    /// <summary>Reads a number of any size that takes one byte if it is a likely one: small, a whole page, or an edge.</summary>
    public ulong NextNumber()
    {
        byte kind = NextByte();
        return kind switch
        {
            < 128 => kind,
            < 192 => (kind - 128UL) * 4096,
            < 192 + 20 => Edges[kind - 192],
            < 240 => 1UL << (kind - 212 + 4),
            < 248 => NextUInt16(),
            _ => NextUInt64(),
        };
    }

    /// <summary>Reads as many bytes as fit.</summary>
    /// <param name="into">Where to.</param>
    public void Fill(scoped Span<byte> into)
    {
        int there = Math.Min(into.Length, _rest.Length);
        _rest[..there].CopyTo(into);
        into[there..].Clear();
        _rest = _rest[there..];
    }

    /// <summary>Overwrites up to sixteen bytes somewhere.</summary>
    /// <param name="memory">Where; more than sixteen bytes.</param>
    public void Scribble(scoped Span<byte> memory)
    {
        Span<byte> bytes = stackalloc byte[1 + Pick(16)];
        int place = NextUInt16() % (memory.Length - bytes.Length);
        Fill(bytes);
        bytes.CopyTo(memory[place..]);
    }
}
