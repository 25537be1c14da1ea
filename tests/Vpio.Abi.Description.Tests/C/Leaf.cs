using System.Globalization;

namespace Vpio.Abi.Description.Tests.C;

/// <summary>Is a number somewhere in a structure, however deep, and the value that the tests put there.</summary>
/// <param name="Path">How C reaches it from the structure, for example <c>slots[3].state</c>.</param>
/// <param name="OffsetBytes">Where it is in the structure.</param>
/// <param name="SizeBytes">How long it is.</param>
internal sealed record Leaf(string Path, int OffsetBytes, int SizeBytes)
{
    /// <summary>Gets the value: other bytes at every offset, and none the same as its neighbour.</summary>
    public ulong Value
    {
        get
        {
            ulong value = 0;
            for (int i = 0; i < SizeBytes; i++)
                value |= (ulong)(byte)(((OffsetBytes + i) * 151) + 1 + ((OffsetBytes + i) >> 8)) << (8 * i);
            return value;
        }
    }

    /// <summary>Gets the value as C writes it.</summary>
    public string Literal => SizeBytes == 8
        ? string.Create(CultureInfo.InvariantCulture, $"(((uint64_t)0x{Value >> 32:x}U << 32) | 0x{(uint)Value:x}U)")
        : string.Create(CultureInfo.InvariantCulture, $"0x{Value:x}U");

    /// <summary>Gets the conversion between the processor's byte order and that of the ABI.</summary>
    public string Convert => SizeBytes == 1 ? string.Empty : $"vpio_le{SizeBytes * 8}";

    /// <summary>Gets the type in C.</summary>
    public string CType => $"uint{SizeBytes * 8}_t";

    /// <summary>Finds every number of a structure.</summary>
    public static IEnumerable<Leaf> Of(AbiDescription abi, AbiType structure) =>
        structure.Fields.SelectMany(field => Enumerable.Range(0, field.Count).SelectMany(i => Of(abi, field, i)));

    private static IEnumerable<Leaf> Of(AbiDescription abi, AbiField field, int element)
    {
        int size = field.SizeBytes / field.Count;
        int offset = field.OffsetBytes + (element * size);
        string path = field.Count > 1 ? $"{field.CName}[{element}]" : field.CName;
        AbiType? nested = abi.Types().FirstOrDefault(type => type.Name == field.Type);
        return nested is null
            ? [new Leaf(path, offset, size)]
            : Of(abi, nested).Select(leaf => new Leaf($"{path}.{leaf.Path}", offset + leaf.OffsetBytes, leaf.SizeBytes));
    }
}
