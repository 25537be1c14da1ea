using System.Runtime.InteropServices;

namespace Vpio.Hypervisor.Scheduling;

/// <summary>Has Linux wake the calling thread when it is due, and let it in at once, even where another thread computes.</summary>
/// <remarks>
/// A sleep may last longer than it should by the thread's timer slack, 50 µs unless less is asked for (<c>PR_SET_TIMERSLACK</c>). And a thread that wakes waits for the turn of the one
/// that runs, some milliseconds, unless its own would be over sooner: since 6.12 a thread may say how long its turns are to be (<c>sched_setattr</c>, <c>sched_runtime</c>).
/// Both take no right, and give it no more of the processor. Elsewhere nothing is asked for.
/// </remarks>
internal static unsafe partial class PromptThread
{
    private const ulong TurnNs = 100_000; // The shortest there is.
    private const int TimerSlack = 29; // PR_SET_TIMERSLACK.
    private const nuint SlackNs = 1;

    private static readonly (nint Get, nint Set) Calls = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? (315, 314) : (275, 274);

    /// <summary>Makes the calling thread one.</summary>
    public static void Become()
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture is not (Architecture.X64 or Architecture.Arm64))
            return;
        _ = Control(TimerSlack, SlackNs, 0, 0, 0);

        // SAFETY: a struct sched_attr of its first version, which the kernel writes and then reads, and its length.
        Attributes attributes = default;
        if (Get(Calls.Get, 0, &attributes, sizeof(Attributes), 0) != 0)
            return;
        attributes.TurnNs = TurnNs;
        _ = Set(Calls.Set, 0, &attributes, 0);
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
