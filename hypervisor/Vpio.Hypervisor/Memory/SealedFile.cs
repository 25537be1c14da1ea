using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Vpio.Hypervisor.Memory;

/// <summary>Makes files that live in memory only and whose length is settled: a guest that was given one can neither shrink nor grow it.</summary>
/// <remarks>
/// An access behind the end of a mapped file ends the process that makes it, the hypervisor's as well; so no other process may move the end. The seals
/// cannot be taken off, nor others put on. Linux; the file has no name, and is gone with its last descriptor and mapping.
/// </remarks>
internal static partial class SealedFile
{
    private const uint CloseOnExec = 1;
    private const uint AllowSealing = 2;
    private const int AddSeals = 1033;
    private const int SealSeal = 1;
    private const int SealShrink = 2;
    private const int SealGrow = 4;
    private const int SealFutureWrite = 16;

    /// <summary>Makes a file of zeros.</summary>
    /// <param name="lengthBytes">How long it is, bytes, for good.</param>
    /// <returns>Its descriptor, which no child inherits.</returns>
    /// <exception cref="IOException">There is no descriptor or no memory left.</exception>
    public static SafeFileHandle Create(long lengthBytes)
    {
        // SAFETY: the calls read the name, a string of the runtime's marshalling, and are given nowhere to write.
        SafeFileHandle file = Make("vpio", CloseOnExec | AllowSealing);
        if (file.IsInvalid || SetLength(file, lengthBytes) != 0)
            throw Failure("made");
        return file;
    }

    /// <summary>Seals a file, once the hypervisor has mapped it.</summary>
    /// <param name="file">The file.</param>
    /// <param name="guestsWrite">Whether others may write it; otherwise nobody maps it writable any more, and the hypervisor's mapping stays as it is.</param>
    /// <exception cref="IOException">The system has no such seals.</exception>
    public static void Seal(SafeFileHandle file, bool guestsWrite)
    {
        if (Control(file, AddSeals, SealShrink | SealGrow | SealSeal | (guestsWrite ? 0 : SealFutureWrite)) != 0)
            throw Failure("sealed");
    }

    private static IOException Failure(string verb)
    {
        Win32Exception why = new(Marshal.GetLastPInvokeError());
        return new IOException($"Shared memory cannot be {verb}: {why.Message}.", why);
    }

    [LibraryImport("libc", EntryPoint = "memfd_create", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle Make(string name, uint flags);

    [LibraryImport("libc", EntryPoint = "ftruncate", SetLastError = true)]
    private static partial int SetLength(SafeFileHandle file, long lengthBytes);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Control(SafeFileHandle file, int command, nint argument);
}
