namespace Vpio.Hypervisor.Tests.Captures;

/// <summary>Lays integers and bytes one after the other, in either byte order. Shares no code with the product.</summary>
internal class FileBuilder(bool big)
{
    private readonly List<byte> _bytes = [];

    internal int Length => _bytes.Count;

    internal byte[] ToArray() => [.. _bytes];

    internal FileBuilder Number(ulong value, int size)
    {
        for (int i = 0; i < size; i++)
            _bytes.Add((byte)(value >> (8 * (big ? size - 1 - i : i))));
        return this;
    }

    internal FileBuilder U16(int value) => Number((ulong)value, 2);

    internal FileBuilder U32(long value) => Number((ulong)value, 4);

    internal FileBuilder I64(long value) => Number((ulong)value, 8);

    internal FileBuilder Raw(params byte[] bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    internal FileBuilder Pad()
    {
        while (_bytes.Count % 4 != 0)
            _bytes.Add(0);
        return this;
    }
}
