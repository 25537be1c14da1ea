using System.Runtime.InteropServices;

namespace Vpio.Machines.Tests;

/// <summary>Runs something on a thread in which the signal is blocked that interrupts processors: as in a process whose parent had it blocked.</summary>
internal static unsafe partial class BlockedSignal
{
    private const int Signal = 40;
    private const int Block = 0;

    public static void Run(Action something)
    {
        Exception? failure = null;
        Thread thread = new(() =>
        {
            // A sigset_t of 128 bytes, with one bit for each signal from 1 on.
            ulong* signals = stackalloc ulong[16];
            new Span<ulong>(signals, 16).Clear();
            signals[0] = 1UL << (Signal - 1);
            _ = ChangeMask(Block, signals, null);
            try
            {
                something();
            }
            catch (Exception caught)
            {
                failure = caught;
            }
        });
        thread.Start();
        thread.Join();
        Assert.That(failure, Is.Null);
    }

    [LibraryImport("libc", EntryPoint = "pthread_sigmask")]
    private static partial int ChangeMask(int how, ulong* signals, void* before);
}
