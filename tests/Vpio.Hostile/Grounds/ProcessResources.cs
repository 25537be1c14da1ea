namespace Vpio.Hostile.Grounds;

/// <summary>Counts what this process has open, as Linux tells it; zeros elsewhere.</summary>
internal static class ProcessResources
{
    private const string CodeOfTheRuntime = "doublemapper"; // The JIT compiler's own memory file.
    private static readonly string[] Threads = ["vpio timer", "vpio reaper", "vpio nic", "vpio keeper", "vpio calls", "vpio cpu"];

    /// <summary>Counts the memory files and the machines and processors of KVM, their mappings, and the threads of hypervisor and devices.</summary>
    public static GroundResources Count()
    {
        if (!OperatingSystem.IsLinux())
            return default;

        // What nobody can reach any more is given back by finalizers.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return new GroundResources(
            Directory.EnumerateFiles("/proc/self/fd").Count(path => IsShared(new FileInfo(path).LinkTarget)),
            File.ReadLines("/proc/self/maps").Count(IsShared),
            Directory.EnumerateDirectories("/proc/self/task").Count(IsOurs));
    }

    private static bool IsShared(string? name) =>
        name is not null && !name.Contains(CodeOfTheRuntime, StringComparison.Ordinal) && (name.Contains("memfd:", StringComparison.Ordinal) || name.Contains("(deleted)", StringComparison.Ordinal) || name.Contains("kvm", StringComparison.Ordinal));

    private static bool IsOurs(string task)
    {
        try
        {
            return Array.Exists(Threads, File.ReadAllText(Path.Combine(task, "comm")).StartsWith);
        }
        catch (IOException)
        {
            return false; // It ended meanwhile.
        }
    }
}
