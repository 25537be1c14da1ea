using System.Runtime.InteropServices;
using Vpio.Abi.Layout;

namespace Vpio.Abi.Processes.Linux;

/// <summary>Sleeps on words of shared memory and wakes who sleeps there, in this process or another: the futex of Linux.</summary>
/// <remarks>A wake-up may come for no reason: who wakes looks again. Every word is shared; its address is read by the kernel during the call only.</remarks>
internal static unsafe partial class Futex
{
    private const int WaitOperation = 0;
    private const int WakeOperation = 1;
    private const int PrivateFlag = 128;
    private const long NsPerSecond = 1_000_000_000;
    private const ulong WordOf32Bits = 2;
    private const nint MonotonicClock = 1;
    private const nint WaitManyCall = 449; // The same on every processor, as all calls since Linux 5.

    /// <summary>Gets whether this system has it, by a number that is known here.</summary>
    public static bool IsThere { get; } = OperatingSystem.IsLinux()
        && RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.Arm64 or Architecture.RiscV64 or Architecture.LoongArch64;

    private static readonly nint FutexCall = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 202 : 98;

    /// <summary>Sleeps while two words have their values.</summary>
    /// <param name="first">The first word, that another process may have in its hands too.</param>
    /// <param name="firstValue">Its value.</param>
    /// <param name="second">The second word, of this process alone: whoever plays with the first (a futex can be requeued) does not keep a wake-up by the second away.</param>
    /// <param name="secondValue">Its value.</param>
    /// <param name="untilNs">How long at most, nanoseconds of the monotonic clock; <see langword="null"/>: for ever.</param>
    public static void Wait([SharedWord] ref uint first, uint firstValue, [SharedWord] ref uint second, uint secondValue, long? untilNs = null)
    {
#pragma warning disable VPIO2006 // The address is what the kernel is given: it compares the word with an atomic load.
        // SAFETY: both words stay where they are during the call. The descriptions, two struct futex_waitv and a struct timespec, outlive it.
        fixed (uint* firstAddress = &first)
        {
            fixed (uint* secondAddress = &second)
            {
                ulong* waiters = stackalloc ulong[] { firstValue, (ulong)firstAddress, WordOf32Bits, secondValue, (ulong)secondAddress, WordOf32Bits };
                long* limit = stackalloc long[] { untilNs.GetValueOrDefault() / NsPerSecond, untilNs.GetValueOrDefault() % NsPerSecond };
                _ = WaitMany(WaitManyCall, waiters, 2, 0, untilNs is null ? null : limit, MonotonicClock);
            }
        }
#pragma warning restore VPIO2006
    }

    /// <summary>Wakes who sleeps on a word: those who have slept longest, at most 16.</summary>
    /// <param name="word">The word; the caller keeps its memory mapped.</param>
    /// <remarks>
    /// As many as a guest has call slots. There is a limit because the caller works for each sleeper: a guest that had thousands of threads asleep made whoever raised
    /// an upcall for it late by tens of milliseconds, and that may be the timer, or a neighbour's release.
    /// </remarks>
    public static void Wake([SharedWord] ref uint word) => _ = Wake(FutexCall, ref word, WakeOperation, CallArea.SlotCount);

    /// <summary>Wakes all who sleep on a word, of which there are as many as this process has threads.</summary>
    /// <param name="word">The word; the caller keeps its memory mapped.</param>
    public static void WakeAll([SharedWord] ref uint word) => _ = Wake(FutexCall, ref word, WakeOperation, int.MaxValue);

    /// <summary>Sleeps while a word of this process alone has its value.</summary>
    /// <param name="word">The word; the caller keeps it where it is.</param>
    /// <param name="value">Its value.</param>
    public static void WaitPrivate([SharedWord] ref uint word, uint value) => _ = Wait(FutexCall, ref word, WaitOperation | PrivateFlag, (nint)value, null);

    /// <summary>Sleeps while a word of this process alone has its value, until a time is over.</summary>
    /// <param name="word">The word; the caller keeps it where it is.</param>
    /// <param name="value">Its value.</param>
    /// <param name="restNs">How long at most, nanoseconds of the monotonic clock, from now.</param>
    public static void WaitPrivate([SharedWord] ref uint word, uint value, long restNs)
    {
        // SAFETY: a struct timespec of the systems that are known here, whose words are of 64 bits; it outlives the call.
        long* limit = stackalloc long[] { restNs / NsPerSecond, restNs % NsPerSecond };
        _ = Wait(FutexCall, ref word, WaitOperation | PrivateFlag, (nint)value, limit);
    }

    /// <summary>Wakes all who sleep on a word of this process alone.</summary>
    /// <param name="word">The word; the caller keeps it where it is.</param>
    public static void WakeAllPrivate([SharedWord] ref uint word) => _ = Wake(FutexCall, ref word, WakeOperation | PrivateFlag, int.MaxValue);

    // The library's call takes as many arguments as its number needs.
    [LibraryImport("libc", EntryPoint = "syscall")]
    private static partial nint WaitMany(nint number, ulong* waiters, nint count, nint flags, long* limit, nint clock);

    [LibraryImport("libc", EntryPoint = "syscall")]
    private static partial nint Wait(nint number, [SharedWord] ref uint word, nint operation, nint value, long* limit);

    [LibraryImport("libc", EntryPoint = "syscall")]
    private static partial nint Wake(nint number, [SharedWord] ref uint word, nint operation, nint count);
}
