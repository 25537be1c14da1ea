using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Vpio.Hypervisor.Guests.Machines;

/// <summary>Is the thread that a virtual processor runs on: others can have it leave the guest, by a signal.</summary>
/// <remarks>
/// The signal's handler is a function of the C library that does nothing: no managed code runs in a handler. What counts is that the kernel leaves the guest to deliver
/// it. One that comes too early, before the thread is in the guest, is made up for by <see cref="VirtualCpu.LeaveAtOnce"/>, which is asked for first.
/// </remarks>
internal sealed unsafe partial class CpuThread
{
    private const int Signal = 40; // A real-time signal: the runtime has 34 for itself.
    private const int UnblockSignals = 1;
    private const nint ThreadKill = 234; // tgkill on x86-64.
    private const nint ThreadNumber = 186; // gettid.

    private static readonly Lazy<bool> Handler = new(SetHandler);

    private readonly Lock _gate = new();
    private readonly VirtualCpu _cpu;
    private nint _number;

    /// <summary>Makes the calling thread that of a processor, until <see cref="Leave"/>.</summary>
    /// <param name="cpu">The processor.</param>
    public CpuThread(VirtualCpu cpu)
    {
        _cpu = cpu;
        Unblock();
        _number = System(ThreadNumber, 0, 0, 0);
    }

    /// <summary>Sets the signal's handler, once in a process; before any thread is one of a processor.</summary>
    /// <exception cref="IOException">The signal cannot be used.</exception>
    public static void Prepare() => _ = Handler.Value;

    /// <summary>Has the processor leave the guest, or not enter it; nothing happens when it is gone. Any thread.</summary>
    public void Interrupt()
    {
        lock (_gate)
        {
            if (_number == 0)
                return;
            _cpu.LeaveAtOnce();
            _ = System(ThreadKill, Environment.ProcessId, _number, Signal);
        }
    }

    /// <summary>Ends that: the thread's number may soon be another's, and the processor's memory nobody's.</summary>
    public void Leave()
    {
        lock (_gate)
            _number = 0;
    }

    // A thread begins with the signals blocked that its process was started with; a guest that spins would never be left then.
    private static void Unblock()
    {
        // SAFETY: a sigset_t of the C library on x86-64, 128 bytes, with one bit for each signal from 1 on.
        ulong* signals = stackalloc ulong[16];
        new Span<ulong>(signals, 16).Clear();
        signals[0] = 1UL << (Signal - 1);
        _ = ChangeMask(UnblockSignals, signals, null);
    }

    private static bool SetHandler()
    {
        // SAFETY: a struct sigaction of the C library on x86-64: handler, mask of 128 bytes, flags, restorer. The handler takes the signal's number and ignores it.
        byte* action = stackalloc byte[152];
        new Span<byte>(action, 152).Clear();
        *(nint*)action = NativeLibrary.GetExport(NativeLibrary.Load("libc", typeof(CpuThread).Assembly, null), "getpid");
        if (SetAction(Signal, action, null) != 0)
            throw new IOException($"Signal {Signal} cannot be used: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}.");
        return true;
    }

    [LibraryImport("libc", EntryPoint = "sigaction", SetLastError = true)]
    private static partial int SetAction(int signal, void* action, void* before);

    [LibraryImport("libc", EntryPoint = "pthread_sigmask")]
    private static partial int ChangeMask(int how, ulong* signals, void* before);

    [LibraryImport("libc", EntryPoint = "syscall")]
    private static partial nint System(nint number, nint a, nint b, nint c);
}
