using System.Runtime.InteropServices;

namespace Vpio.Hypervisor.Scheduling;

/// <summary>Sleeps for less than a millisecond, which no wait of the framework can.</summary>
internal static partial class ShortSleep
{
    // A deadline that is set meanwhile may be earlier by this much at most: the nap does not end for it.
    private const long LongestNapNs = 100_000;

    /// <summary>Sleeps for a while, at most 0.1 ms: the caller looks at the clock again.</summary>
    /// <param name="nanoseconds">How long there is to sleep.</param>
    public static void Nap(long nanoseconds)
    {
        if (OperatingSystem.IsLinux() || OperatingSystem.IsMacOS())
        {
            // SAFETY: the call reads one timespec, of two words on 64-bit systems, and is given nowhere to write.
            Timespec time = new(0, (nint)Math.Min(nanoseconds, LongestNapNs));
            _ = NanoSleep(time, 0);
        }
        else
        {
            Thread.Sleep(0);
        }
    }

    [LibraryImport("libc", EntryPoint = "nanosleep")]
    private static partial int NanoSleep(in Timespec requested, nint remaining);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Timespec(nint seconds, nint nanoseconds)
    {
        private readonly nint _seconds = seconds;
        private readonly nint _nanoseconds = nanoseconds;
    }
}
