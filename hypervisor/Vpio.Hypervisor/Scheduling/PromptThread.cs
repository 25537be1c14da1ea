using System.Runtime.InteropServices;

namespace Vpio.Hypervisor.Scheduling;

/// <summary>Has Linux wake the calling thread when it is due, and let it in at once, even where another thread computes.</summary>
/// <remarks>
/// A sleep may last longer than it should by the thread's timer slack, 50 µs unless less is asked for (<c>PR_SET_TIMERSLACK</c>). And a thread that wakes waits for the turn of the one
/// that runs, some milliseconds, unless its own would be over sooner: since 6.12 a thread may say how long its turns are to be (<c>sched_setattr</c>, <c>sched_runtime</c>).
/// Both take no right, and give it no more of the processor. The second helps only where the other has had its share; a thread of real time (<c>SCHED_FIFO</c>) is always let in,
/// which takes a right. Off Linux nothing is asked for.
/// </remarks>
internal static unsafe partial class PromptThread
{
    private const ulong TurnNs = 100_000; // The shortest there is.
    private const int TimerSlack = 29; // PR_SET_TIMERSLACK.
    private const nuint SlackNs = 1;
    private const uint FirstInFirstOut = 1; // SCHED_FIFO.
    private const ulong NotInherited = 1; // SCHED_FLAG_RESET_ON_FORK.

    private static readonly (nint Get, nint Set) Calls = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? (315, 314) : (275, 274);

    private static bool IsKnown => OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.Arm64;

    /// <summary>Makes the calling thread one.</summary>
    public static void Become()
    {
        if (!IsKnown)
            return;
        _ = Control(TimerSlack, SlackNs, 0, 0, 0);

        // SAFETY: a struct sched_attr of its first version, which the kernel writes and then reads, and its length.
        Attributes attributes = default;
        if (Get(Calls.Get, 0, &attributes, sizeof(Attributes), 0) != 0)
            return;
        attributes.TurnNs = TurnNs;
        _ = Set(Calls.Set, 0, &attributes, 0);
    }

    /// <summary>Makes the calling thread one of real time, of the least priority there is, where this process has the right; else one as <see cref="Become"/> does.</summary>
    /// <remarks>For a thread that sleeps but for moments, and sleeps too where it waits for another by looking, which may be without a processor. What it starts is ordinary.</remarks>
    public static void BecomeFirst()
    {
        // SAFETY: a struct sched_attr of its first version, which the kernel reads.
        Attributes attributes = new() { SizeBytes = (uint)sizeof(Attributes), Policy = FirstInFirstOut, Flags = NotInherited, Priority = 1 };
        if (!IsKnown || Set(Calls.Set, 0, &attributes, 0) != 0)
            Become();
    }

    [LibraryImport("libc", EntryPoint = "prctl")]
    private static partial int Control(int option, nuint a, nuint b, nuint c, nuint d);

    [LibraryImport("libc", EntryPoint = "syscall")]
    private static partial nint Get(nint number, nint thread, Attributes* attributes, nint bytes, nint flags);

    [LibraryImport("libc", EntryPoint = "syscall")]
    private static partial nint Set(nint number, nint thread, Attributes* attributes, nint flags);

    [StructLayout(LayoutKind.Sequential)]
    private struct Attributes
    {
        public uint SizeBytes;
        public uint Policy;
        public ulong Flags;
        public int Nice;
        public uint Priority;
        public ulong TurnNs;
        public ulong DeadlineNs;
        public ulong PeriodNs;
    }
}
