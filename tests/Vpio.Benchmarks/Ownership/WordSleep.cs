using System.Runtime.InteropServices;

namespace Vpio.Benchmarks.Ownership;

/// <summary>Sleeps on a word of this process and wakes who sleeps there: the private futex of Linux.</summary>
internal static unsafe partial class WordSleep
{
    private const int WaitPrivate = 128;
    private const int WakePrivate = 129;

    private static readonly nint FutexCall = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 202 : 98;

    /// <summary>Sleeps while a word has a value; may wake for no reason.</summary>
    public static void WhileIs(int* word, int value) => _ = Call(FutexCall, word, WaitPrivate, value, 0);

    /// <summary>Wakes who sleeps on a word.</summary>
    public static void Wake(int* word) => _ = Call(FutexCall, word, WakePrivate, int.MaxValue, 0);

    [LibraryImport("libc", EntryPoint = "syscall")]
    private static partial nint Call(nint number, int* word, nint operation, nint value, nint timeout);
}
