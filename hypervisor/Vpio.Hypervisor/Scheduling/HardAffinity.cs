using System.Runtime.InteropServices;

namespace Vpio.Hypervisor.Scheduling;

/// <summary>Keeps threads to processors. Xen calls it so: the system puts such a thread nowhere else.</summary>
/// <remarks>On Linux alone; elsewhere the system places every thread.</remarks>
internal static unsafe partial class HardAffinity
{
    private const int Words = 16;
    private const int MostProcessors = Words * 64;

    /// <summary>Takes over which processors a thread is to run on, when this process may run on them.</summary>
    /// <param name="processors">Their numbers; <see langword="null"/>: any.</param>
    /// <param name="name">What the caller calls them.</param>
    /// <returns>Their numbers, which do not change any more.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are none, or one of them is none that it may run on.</exception>
    public static int[]? Take(IReadOnlyList<int>? processors, string name)
    {
        if (processors is null || !OperatingSystem.IsLinux())
            return null;
        int[] taken = [.. processors];
        if (taken.Length == 0)
            throw new ArgumentOutOfRangeException(name, "A thread runs on one processor at least; leave it null for any.");
        foreach (int processor in taken)
        {
            if (processor is < 0 or >= MostProcessors || !IsPermitted(processor))
                throw new ArgumentOutOfRangeException(name, processor, "This process may not run on a processor of that number; see taskset -p.");
        }

        return taken;
    }

    /// <summary>Keeps the calling thread to processors that were taken over.</summary>
    /// <param name="processors">Their numbers; <see langword="null"/>: the system places it.</param>
    /// <remarks>Where none of them is there any more the system goes on placing it: that is slower, and nothing worse.</remarks>
    public static void Keep(int[]? processors)
    {
        if (processors is null)
            return;
        ulong* kept = stackalloc ulong[Words];
        new Span<ulong>(kept, Words).Clear();
        foreach (int processor in processors)
            kept[processor / 64] |= 1UL << (processor % 64);
        _ = SetAffinity(0, Words * sizeof(ulong), kept);
    }

    // Tried, since what the caller's own thread is kept to now is no measure; that is put back.
    private static bool IsPermitted(int processor)
    {
        ulong* before = stackalloc ulong[Words];
        ulong* tried = stackalloc ulong[Words];
        new Span<ulong>(before, Words).Clear();
        new Span<ulong>(tried, Words).Clear();
        tried[processor / 64] |= 1UL << (processor % 64);
        if (GetAffinity(0, Words * sizeof(ulong), before) < 0)
            return true;
        bool isPermitted = SetAffinity(0, Words * sizeof(ulong), tried) == 0;
        _ = SetAffinity(0, Words * sizeof(ulong), before);
        return isPermitted;
    }

    // SAFETY: both are given a cpu_set_t of 1,024 bits and its length in bytes, which the one reads and the other writes; 0 is the calling thread.
    [LibraryImport("libc", EntryPoint = "sched_getaffinity")]
    private static partial int GetAffinity(int thread, nint bytes, ulong* set);

    [LibraryImport("libc", EntryPoint = "sched_setaffinity")]
    private static partial int SetAffinity(int thread, nint bytes, ulong* set);
}
