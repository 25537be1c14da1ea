using System.IO.MemoryMappedFiles;
using System.Runtime.CompilerServices;
using Microsoft.Win32.SafeHandles;

namespace Vpio.GuestDriver.Processes;

/// <summary>Is memory of the hypervisor, mapped into the guest's process for as long as this object is reachable.</summary>
internal sealed unsafe class SharedMapping
{
    private readonly SafeMemoryMappedViewHandle _handle;

    /// <summary>Maps a file, and closes it.</summary>
    /// <param name="file">The file; the hypervisor cannot shorten what it sealed.</param>
    /// <param name="lengthBytes">How long it is, bytes.</param>
    /// <param name="writable">Whether to map it for writing.</param>
    /// <exception cref="PageProtocolException">The file is shorter.</exception>
    public SharedMapping(SafeFileHandle file, long lengthBytes, bool writable)
    {
        using (file)
        {
            long length = RandomAccess.GetLength(file);
            if (length < lengthBytes)
                throw new PageProtocolException($"The hypervisor's file has {length} bytes; {lengthBytes} were announced.");
            MemoryMappedFileAccess access = writable ? MemoryMappedFileAccess.ReadWrite : MemoryMappedFileAccess.Read;
            using MemoryMappedFile mapped = MemoryMappedFile.CreateFromFile(file, mapName: null, capacity: 0, access, HandleInheritability.None, leaveOpen: true);
            _handle = mapped.CreateViewAccessor(0, lengthBytes, access).SafeMemoryMappedViewHandle;
        }

        // SAFETY: never released by hand: the handle's own finalizer unmaps the view when nobody can reach it any more.
        byte* start = null;
        _handle.AcquirePointer(ref start);
        _handle.ReleasePointer();
        Start = (nint)start;
        LengthBytes = lengthBytes;
    }

    /// <summary>Gets where the memory begins.</summary>
    public nint Start { get; }

    /// <summary>Gets how long it is, bytes.</summary>
    public long LengthBytes { get; }

    /// <summary>Shows the memory as a value in place.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <returns>The value; the caller keeps this object reachable while it uses it.</returns>
    public ref T At<T>()
        where T : unmanaged
    {
        // SAFETY: a mapping begins with a page, and each is made as long as the one type that is looked for in it.
        return ref Unsafe.AsRef<T>((void*)Start);
    }
}
