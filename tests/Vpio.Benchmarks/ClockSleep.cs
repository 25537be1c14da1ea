using System.Runtime.InteropServices;

namespace Vpio.Benchmarks;

/// <summary>Sleeps by clock_nanosleep: what every timer that wakes a thread comes down to.</summary>
internal static partial class ClockSleep
{
    private const int Monotonic = 1;

    /// <summary>Sleeps.</summary>
    /// <param name="time">How long, less than a second.</param>
    public static void For(TimeSpan time) => _ = Sleep(Monotonic, 0, [0, (long)time.TotalNanoseconds], 0);

    [LibraryImport("libc", EntryPoint = "clock_nanosleep")]
    private static partial int Sleep(int clock, int flags, ReadOnlySpan<long> time, nint remaining);
}
