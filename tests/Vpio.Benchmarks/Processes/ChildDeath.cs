using System.Diagnostics;
using System.Runtime.InteropServices;
using Vpio.Abi.Processes.Linux;
using Vpio.Hypervisor.Guests;
using Vpio.Hypervisor.Guests.Processes;

namespace Vpio.Benchmarks.Processes;

/// <summary>Measures how long the system takes to tell of a child's death: the bare mechanism, a descriptor of the process and poll.</summary>
internal static partial class ChildDeath
{
    private const int Kill9 = 9;

    /// <summary>Measures once.</summary>
    /// <returns>The time from the signal to the end of the wait, microseconds.</returns>
    public static double Measure()
    {
        (ControlSocket here, ControlSocket there) = ControlSocket.MakePair();
        using (here)
        {
            using (there)
            {
                using ChildProcess child = ChildProcess.Start(new GuestCommand("sleep", ["60"]), there.Handle);
                Thread.Sleep(2); // Until it sleeps.
                long start = Stopwatch.GetTimestamp();
                Kill(child.Id);
                child.Await(null);
                double microseconds = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
                child.Reap();
                return microseconds;
            }
        }
    }

    /// <summary>Kills a process.</summary>
    public static void Kill(int process) => Send(process, Kill9);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Send(int process, int signal);
}
