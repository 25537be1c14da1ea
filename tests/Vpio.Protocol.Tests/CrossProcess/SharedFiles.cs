using System.Globalization;
using System.Runtime.CompilerServices;
using Vpio.Abi;

namespace Vpio.Protocol.Tests.CrossProcess;

/// <summary>Finds where another process can open a region of this one: the anonymous memory file behind a mapping, among the open files of this process. Linux only.</summary>
internal static unsafe class SharedFiles
{
    public static string DevicePageOf(IHypercallPort port) => FileBehind((nint)Unsafe.AsPointer(ref Unsafe.AsRef(in port.DevicePage)));

    public static string GuestPageOf(IHypercallPort port) => FileBehind((nint)Unsafe.AsPointer(ref port.GuestPage));

    public static string MemoryOf(IHypercallPort port) => FileBehind(port.Memory.Start);

    private static string FileBehind(nint address)
    {
        string inode = InodeAt(address);
        foreach (string info in Directory.EnumerateFiles("/proc/self/fdinfo"))
        {
            if (ReadLines(info).Any(line => line.StartsWith("ino:", StringComparison.Ordinal) && line[4..].Trim() == inode) && IsMemoryFile(info))
                return $"/proc/{Environment.ProcessId}/fd/{Path.GetFileName(info)}";
        }

        throw new InvalidOperationException($"No open file has inode {inode}, of the mapping at {address:x}.");
    }

    // A line of maps is: from-to, rights, offset, device, inode, path.
    private static string InodeAt(nint address)
    {
        foreach (string line in File.ReadLines("/proc/self/maps"))
        {
            string[] parts = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            nint[] range = [.. parts[0].Split('-').Select(part => nint.Parse(part, NumberStyles.HexNumber, CultureInfo.InvariantCulture))];
            if (address >= range[0] && address < range[1])
                return parts[4];
        }

        throw new InvalidOperationException($"Nothing is mapped at {address:x}.");
    }

    // Inodes are unique within one file system only; a memory file is of none that has a path.
    private static bool IsMemoryFile(string info) =>
        new FileInfo($"/proc/self/fd/{Path.GetFileName(info)}").LinkTarget is { } target && (target.Contains("memfd:", StringComparison.Ordinal) || target.Contains("(deleted)", StringComparison.Ordinal));

    private static string[] ReadLines(string path)
    {
        try
        {
            return File.ReadAllLines(path);
        }
        catch (IOException)
        {
            return []; // Closed meanwhile.
        }
    }
}
