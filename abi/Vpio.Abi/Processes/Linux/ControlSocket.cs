using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Vpio.Abi.Processes.Linux;

/// <summary>Is one end of the control socket: messages of one size, and descriptors beside them.</summary>
/// <remarks>Threads: one receives; any send.</remarks>
internal sealed unsafe partial class ControlSocket : IDisposable
{
    /// <summary>The most descriptors that come with a message.</summary>
    public const int MaxDescriptors = 4;

    private const int UnixFamily = 1;
    private const int SequencedPackets = 5;
    private const int CloseOnExec = 0x80000;
    private const int NoSignal = 0x4000;
    private const int DoNotWait = 0x40;
    private const int CloseReceivedOnExec = 0x40000000;
    private const int SocketLevel = 1;
    private const int Rights = 1;
    private const int BothWays = 2;
    private const int SendRoom = 7;
    private const int FewMessages = 4096; // Bytes, of which each message takes hundreds.
    private const int Truncated = 0x20;
    private const int Interrupted = 4;
    private const int ControlHeaderBytes = 16;
    private const int VectorAt = 2;
    private const int VectorCountAt = 3;
    private const int ControlAt = 4;
    private const int ControlLengthAt = 5;
    private const int FlagsAt = 6;
    private const int VectorStart = 7;
    private const int HeaderWords = 9;

    /// <summary>Takes an end over.</summary>
    /// <param name="handle">Its descriptor.</param>
    public ControlSocket(SafeFileHandle handle) => Handle = handle;

    /// <summary>Gets the descriptor.</summary>
    public SafeFileHandle Handle { get; }

    /// <summary>Makes both ends.</summary>
    /// <returns>The two; neither is inherited. Here there is room for a few messages that the other side has not received.</returns>
    /// <exception cref="IOException">There are no descriptors left.</exception>
    public static (ControlSocket Here, ControlSocket There) MakePair()
    {
        int* ends = stackalloc int[2];

        // SAFETY: the call writes two descriptors, for which there is room.
        if (MakePair(UnixFamily, SequencedPackets | CloseOnExec, 0, ends) != 0)
            throw new IOException($"No control socket can be made: {Marshal.GetLastPInvokeErrorMessage()}.");
        ControlSocket here = new(Own(ends[0]));

        // Descriptors that nobody takes in are held by the kernel, and count for the user: there is room for a few.
        int room = FewMessages;
        _ = SetOption(here.Handle, SocketLevel, SendRoom, &room, sizeof(int));
        return (here, new ControlSocket(Own(ends[1])));
    }

    /// <summary>Sends a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="descriptors">What goes with it, at most <see cref="MaxDescriptors"/>.</param>
    /// <param name="waits">Whether to wait for room, which the other side makes by receiving.</param>
    /// <returns>Whether it was sent: there was room, and the other side is there.</returns>
    /// <exception cref="ObjectDisposedException">A descriptor was closed.</exception>
    public bool TrySend(in ControlMessage message, ReadOnlySpan<SafeFileHandle> descriptors, bool waits)
    {
        byte* control = stackalloc byte[ControlHeaderBytes + (MaxDescriptors * sizeof(int))];
        int held = 0;
        try
        {
            // SAFETY: the caller keeps to MaxDescriptors; a handle that is held keeps its number, so that no other's is sent in its place.
            int* numbers = (int*)(control + ControlHeaderBytes);
            foreach (SafeFileHandle descriptor in descriptors)
            {
                bool isHeld = false;
                descriptor.DangerousAddRef(ref isHeld);
                numbers[held++] = (int)descriptor.DangerousGetHandle();
            }

            *(nint*)control = ControlHeaderBytes + (descriptors.Length * sizeof(int));
            ((int*)control)[2] = SocketLevel;
            ((int*)control)[3] = Rights;
            return TrySend(in message, control, descriptors.Length, NoSignal | (waits ? 0 : DoNotWait));
        }
        finally
        {
            foreach (SafeFileHandle descriptor in descriptors[..held])
                descriptor.DangerousRelease();
        }
    }

    /// <summary>Receives a message that brings no descriptors; any that came are closed.</summary>
    /// <param name="message">The message.</param>
    /// <returns><see langword="false"/> when the other side is gone, or sent what is no message.</returns>
    public bool TryReceive(out ControlMessage message) => TryReceive(out message, []) is not null;

    /// <summary>Receives a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="descriptors">Where to put what came with it.</param>
    /// <returns>How many descriptors came; <see langword="null"/> when the other side is gone, or sent what is no message.</returns>
    public int? TryReceive(out ControlMessage message, Span<SafeFileHandle?> descriptors)
    {
        message = default;
        byte* control = stackalloc byte[ControlHeaderBytes + (MaxDescriptors * sizeof(int))];

        // SAFETY: message, vector and control block outlive the call, and the kernel writes no more than their lengths.
        fixed (ControlMessage* bytes = &message)
        {
            nint* header = stackalloc nint[HeaderWords];
            Describe(header, bytes, control, descriptors.Length);
            nint received;
            do
                received = Receive(Handle, header, CloseReceivedOnExec);
            while (received < 0 && Marshal.GetLastPInvokeError() == Interrupted);
            int count = Take(header[ControlLengthAt], control, descriptors);

            // Of a longer message the rest is thrown away, and it is no message.
            return received == ControlMessage.Size && (header[FlagsAt] & Truncated) == 0 ? count : null;
        }
    }

    /// <summary>Hangs up: whoever receives, on either side, is told that the other is gone.</summary>
    public void HangUp() => _ = Shut(Handle, BothWays);

    /// <inheritdoc/>
    public void Dispose() => Handle.Dispose();

    private bool TrySend(in ControlMessage message, byte* control, int descriptors, int flags)
    {
        // SAFETY: message, vector and control block outlive the call, and their lengths are given with them.
        fixed (ControlMessage* bytes = &message)
        {
            nint* header = stackalloc nint[HeaderWords];
            Describe(header, bytes, control, descriptors);
            while (true)
            {
                if (Send(Handle, header, flags) == ControlMessage.Size)
                    return true;
                if (Marshal.GetLastPInvokeError() != Interrupted)
                    return false;
            }
        }
    }

    private static int Take(nint controlLength, byte* control, Span<SafeFileHandle?> into)
    {
        // SAFETY: the kernel wrote a whole control message of that length, or said by the length that there is none.
        if (controlLength < ControlHeaderBytes || ((int*)control)[2] != SocketLevel || ((int*)control)[3] != Rights)
            return 0;
        int count = Math.Min((int)((*(nint*)control - ControlHeaderBytes) / sizeof(int)), into.Length);
        for (int i = 0; i < count; i++)
            into[i] = Own(((int*)(control + ControlHeaderBytes))[i]);
        return count;
    }

    private static SafeFileHandle Own(int descriptor) => new(descriptor, ownsHandle: true);

    [LibraryImport("libc", EntryPoint = "socketpair", SetLastError = true)]
    private static partial int MakePair(int family, int kind, int protocol, int* ends);

    [LibraryImport("libc", EntryPoint = "setsockopt")]
    private static partial int SetOption(SafeFileHandle socket, int level, int option, int* value, int valueBytes);

    [LibraryImport("libc", EntryPoint = "shutdown")]
    private static partial int Shut(SafeFileHandle socket, int how);

    [LibraryImport("libc", EntryPoint = "sendmsg", SetLastError = true)]
    private static partial nint Send(SafeFileHandle socket, nint* header, int flags);

    [LibraryImport("libc", EntryPoint = "recvmsg", SetLastError = true)]
    private static partial nint Receive(SafeFileHandle socket, nint* header, int flags);

    // A struct msghdr of 64-bit Linux, and behind it the one struct iovec that it points to.
    private static void Describe(nint* header, ControlMessage* message, byte* control, int descriptors)
    {
        // SAFETY: the caller gives room for all HeaderWords, and message and control block outlive the call that is made with them.
        header[VectorAt] = (nint)(header + VectorStart);
        header[VectorCountAt] = 1;
        header[VectorStart] = (nint)message;
        header[VectorStart + 1] = ControlMessage.Size;
        if (descriptors == 0)
            return;
        header[ControlAt] = (nint)control;
        header[ControlLengthAt] = ControlHeaderBytes + ((descriptors + 1) / 2 * 2 * sizeof(int));
    }
}
