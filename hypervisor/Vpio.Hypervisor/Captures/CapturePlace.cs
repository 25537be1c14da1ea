namespace Vpio.Hypervisor.Captures;

/// <summary>Says where in which file a fault lies.</summary>
/// <param name="FileName">The name the file was opened under.</param>
/// <param name="Kind">What the format calls its unit: record or block.</param>
/// <param name="Number">The unit's one-based number; 0 for the file header.</param>
/// <param name="Offset">The byte at which the unit begins.</param>
internal readonly record struct CapturePlace(string FileName, string Kind, long Number, long Offset)
{
    /// <summary>Names the start of a file, before any record.</summary>
    internal static CapturePlace Start(string fileName) => new(fileName, "file header", 0, 0);

    /// <inheritdoc/>
    public override string ToString() => Number == 0 ? $"its {Kind} at byte {Offset}" : $"{Kind} {Number} at byte {Offset}";
}
