using System.Globalization;

namespace Vpio.Hostile.Attacks.Processes;

/// <summary>Finds what of the hypervisor a program has open and mapped, as its kernel tells: whatever the hypervisor is.</summary>
internal static class OwnFiles
{
    private const string MemoryFile = "memfd:vpio";

    /// <summary>Finds the descriptors of memory files.</summary>
    public static int[] Descriptors => [.. Directory.EnumerateFiles("/proc/self/fd")
        .Where(path => new FileInfo(path).LinkTarget?.Contains(MemoryFile, StringComparison.Ordinal) == true)
        .Select(path => int.Parse(Path.GetFileName(path), CultureInfo.InvariantCulture))];

    /// <summary>Finds the mappings of memory files.</summary>
    public static (nint Start, nint Length, bool IsWritable)[] Mappings => [.. File.ReadLines("/proc/self/maps")
        .Where(line => line.Contains(MemoryFile, StringComparison.Ordinal))
        .Select(Parse)];

    private static (nint Start, nint Length, bool IsWritable) Parse(string line)
    {
        string[] ends = line.Split(' ')[0].Split('-');
        nint start = nint.Parse(ends[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return (start, nint.Parse(ends[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture) - start, line.Split(' ')[1].Contains('w'));
    }
}
