using System.Runtime.InteropServices;

namespace Vpio.Hostile.Attacks.Processes;

/// <summary>Is what a hostile program asks its kernel for.</summary>
internal static unsafe partial class Libc
{
    public const int AddSeals = 1033;
    public const int PunchHole = 2;
    public const int KeepSize = 1;
    public const int ZeroRange = 16;
    public const int ProtectRead = 1;
    public const int ProtectWrite = 2;
    public const int MapShared = 1;
    public const int RemovePages = 9; // MADV_REMOVE
    public const int OpenForWriting = 2;
    public const int OpenTruncating = 0x200 | OpenForWriting;

    [LibraryImport("libc", EntryPoint = "ftruncate")]
    public static partial int SetLength(int descriptor, long length);

    [LibraryImport("libc", EntryPoint = "fcntl")]
    public static partial int Control(int descriptor, int command, nint argument);

    [LibraryImport("libc", EntryPoint = "fallocate")]
    public static partial int Allocate(int descriptor, int mode, long offset, long length);

    [LibraryImport("libc", EntryPoint = "pwrite")]
    public static partial nint Write(int descriptor, byte* bytes, nint length, long offset);

    [LibraryImport("libc", EntryPoint = "mmap")]
    public static partial nint Map(nint address, nint length, int protection, int flags, int descriptor, long offset);

    [LibraryImport("libc", EntryPoint = "munmap")]
    public static partial int Unmap(nint address, nint length);

    [LibraryImport("libc", EntryPoint = "mprotect")]
    public static partial int Protect(nint address, nint length, int protection);

    [LibraryImport("libc", EntryPoint = "madvise")]
    public static partial int Advise(nint address, nint length, int advice);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "close")]
    public static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "send")]
    public static partial nint Send(int socket, byte* bytes, nint length, int flags);

    [LibraryImport("libc", EntryPoint = "fork")]
    public static partial int Fork();

    [LibraryImport("libc", EntryPoint = "setsid")]
    public static partial int LeaveSession();

    [LibraryImport("libc", EntryPoint = "alarm")]
    public static partial uint EndAfter(uint seconds);

    [LibraryImport("libc", EntryPoint = "_exit")]
    public static partial void Exit(int code);
}
