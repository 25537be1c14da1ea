using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Vpio.Abi.Processes;

namespace Vpio.Hypervisor.Guests.Processes;

/// <summary>Is a child of this process, held by a descriptor: a signal reaches it and never another that got its number.</summary>
/// <remarks>It leads a process group of its own: the keys of this terminal do not reach it, and it is ended with all that it started in that group.</remarks>
internal sealed unsafe partial class ChildProcess : IDisposable
{
    private const nint OpenCall = 434; // pidfd_open; the same on every processor, as the next.
    private const nint SignalCall = 424; // pidfd_send_signal.
    private const int ByNumber = 1;
    private const int ByGroup = 2;
    private const int ByDescriptor = 3;
    private const int Exited = 4;
    private const int ExitedByItself = 1;
    private const int Kill = 9;
    private const int Interrupted = 4;
    private const short Readable = 1;

    private readonly SafeFileHandle _handle;

    private ChildProcess(int id, SafeFileHandle handle)
    {
        Id = id;
        _handle = handle;
    }

    /// <summary>Gets its number.</summary>
    public int Id { get; }

    /// <summary>Starts a program. Its parent is the thread that calls this.</summary>
    /// <param name="command">The program.</param>
    /// <param name="control">What it finds as <see cref="ControlMessage.Descriptor"/>.</param>
    /// <returns>The child.</returns>
    /// <exception cref="Win32Exception">It cannot be started.</exception>
    public static ChildProcess Start(GuestCommand command, SafeFileHandle control)
    {
        using ChildSetup setup = new(control);
        int id = setup.Spawn(command);

        // Its number is its own until its end is taken note of, here and nowhere else.
        SafeFileHandle handle = new((nint)System(OpenCall, id, 0, 0, 0), ownsHandle: true);
        if (!handle.IsInvalid)
            return new ChildProcess(id, handle);
        Win32Exception why = new(Marshal.GetLastPInvokeError());
        _ = SignalGroup(-id, Kill);
        _ = Reap(ByNumber, id);
        throw new Win32Exception(why.NativeErrorCode, $"The guest's process cannot be watched: {why.Message}.");
    }

    /// <summary>Waits until the other side of the socket has something to say, or the child is at its end.</summary>
    /// <param name="socket">The socket; <see langword="null"/> when only the end matters.</param>
    /// <returns>What there is: the socket to look at, the end, or both.</returns>
    public (bool SocketSpoke, bool HasEnded) Await(SafeFileHandle? socket)
    {
        Polled* polled = stackalloc Polled[2];
        polled[0] = new Polled { Descriptor = (int)_handle.DangerousGetHandle(), Wanted = Readable };
        polled[1] = new Polled { Descriptor = socket is null ? -1 : (int)socket.DangerousGetHandle(), Wanted = Readable };

        // SAFETY: two entries, which outlive the call; both descriptors are open while their owners are.
        while (Poll(polled, 2, -1) < 0 && Marshal.GetLastPInvokeError() == Interrupted)
        {
        }

        return (polled[1].Happened != 0, polled[0].Happened != 0);
    }

    /// <summary>Ends it, and its process group, at once. Nothing happens when it is at its end.</summary>
    public void End()
    {
        if (_handle.IsClosed)
            return;
        _ = System(SignalCall, _handle.DangerousGetHandle(), Kill, 0, 0);
        _ = SignalGroup(-Id, Kill);
    }

    /// <summary>Takes note of its end, and frees its number.</summary>
    /// <returns>How it ended.</returns>
    public GuestExit Reap()
    {
        // The number is still its own: what is left of its group is ended now.
        _ = SignalGroup(-Id, Kill);
        GuestExit exit = Reap(ByDescriptor, (int)_handle.DangerousGetHandle());
        ReapGroup(Id);
        return exit;
    }

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();

    // A child can make processes whose parent is its own parent (CLONE_PARENT); nobody else takes note of their end.
    private static void ReapGroup(int id)
    {
        // SAFETY: room for a siginfo_t of 128 bytes.
        int* information = stackalloc int[32];
        while (WaitForEnd(ByGroup, id, information, Exited) == 0 || Marshal.GetLastPInvokeError() == Interrupted)
        {
        }
    }

    private static GuestExit Reap(int kind, int id)
    {
        // SAFETY: room for a siginfo_t of 128 bytes, of which the kernel fills in code and status.
        int* information = stackalloc int[32];
        while (WaitForEnd(kind, id, information, Exited) < 0 && Marshal.GetLastPInvokeError() == Interrupted)
        {
        }

        int status = information[6];
        return information[2] == ExitedByItself ? new GuestExit(status, null) : new GuestExit(null, status);
    }

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial long System(nint number, nint a, nint b, nint c, nint d);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SignalGroup(int group, int signal);

    [LibraryImport("libc", EntryPoint = "waitid", SetLastError = true)]
    private static partial int WaitForEnd(int kind, int id, int* information, int options);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static partial int Poll(Polled* polled, nint count, int timeoutMs);

    // A struct pollfd.
    private record struct Polled(int Descriptor, short Wanted, short Happened);
}
