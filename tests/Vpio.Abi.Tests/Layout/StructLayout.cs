namespace Vpio.Abi.Tests.Layout;

/// <summary>Is the layout of one shared structure: its size and its fields in order.</summary>
/// <param name="name">The structure's name.</param>
/// <param name="sizeBytes">Its size.</param>
/// <param name="lines">A line for each field: offset, type, name.</param>
internal sealed class StructLayout(string name, int sizeBytes, string lines)
{
    public string Name => name;

    public int SizeBytes => sizeBytes;

    public FieldLayout[] Fields { get; } = [.. lines.Split('\n').Select(FieldLayout.Parse)];

    /// <summary>Gets the lines that a compiled assembly shows: of an array its first element.</summary>
    public string[] CompiledLines =>
        [.. Fields.Select(row => $"{row.Offset} {row.Type} {row.Name}")];

    public override string ToString() => name;
}

/// <summary>Is a field of a shared structure.</summary>
internal sealed record FieldLayout(int Offset, string Type, int Count, string Name)
{
    public int End => Offset + (Count * LayoutTable.SizeOf(Type));

    public static FieldLayout Parse(string line)
    {
        string[] parts = line.Split(' ');
        string[] type = parts[1].Split('[', ']');
        return new FieldLayout(
            int.Parse(parts[0]), type[0], type.Length > 1 ? int.Parse(type[1]) : 1, parts.Length > 2 ? parts[2] : string.Empty);
    }
}
