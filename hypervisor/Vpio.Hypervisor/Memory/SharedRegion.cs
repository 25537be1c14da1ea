using System.IO.MemoryMappedFiles;
using Microsoft.Win32.SafeHandles;

namespace Vpio.Hypervisor.Memory;

/// <summary>Is memory that hypervisor and guest share: a file in memory, mapped once for each side.</summary>
/// <remarks>
/// On Linux the file is sealed (<see cref="SealedFile"/>), and its descriptor can be given to a guest in a process of its own.
/// Nothing is unmapped by hand. A guest's thread that was fenced off may still be running, and a granter may be about to
/// raise an upcall for a guest that is just being removed; a mapping that went away under them would bring the process
/// down. So each mapping lives as long as somebody can reach it, and its finalizer unmaps it. The file is needed for new mappings only:
/// closed in time, it is no burden on the files that a process may have open.
/// </remarks>
internal sealed class SharedRegion
{
    private readonly MemoryMappedFile _file;
    private readonly SafeFileHandle? _descriptor;

    /// <summary>Makes a region of zeros and maps it for the hypervisor.</summary>
    /// <param name="lengthBytes">How long it is, bytes.</param>
    /// <param name="guestsWrite">Whether guests may write it.</param>
    public SharedRegion(long lengthBytes, bool guestsWrite)
    {
        LengthBytes = lengthBytes;
        GuestAccess = guestsWrite ? MemoryMappedFileAccess.ReadWrite : MemoryMappedFileAccess.Read;
        if (OperatingSystem.IsLinux())
        {
            _descriptor = SealedFile.Create(lengthBytes);
            _file = MemoryMappedFile.CreateFromFile(_descriptor, mapName: null, lengthBytes, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: false);
        }
        else
        {
            _file = MemoryMappedFile.CreateNew(mapName: null, lengthBytes);
        }

        // Mapped before it is sealed: no seal takes anything from a mapping that is there.
        Hypervisor = Map(MemoryMappedFileAccess.ReadWrite);
        if (_descriptor is not null)
            SealedFile.Seal(_descriptor, guestsWrite);
    }

    /// <summary>Gets how long the region is, bytes.</summary>
    public long LengthBytes { get; }

    /// <summary>Gets the hypervisor's mapping.</summary>
    public Mapping Hypervisor { get; }

    /// <summary>Gets what a guest in another process maps it by.</summary>
    /// <exception cref="PlatformNotSupportedException">The system is not Linux.</exception>
    public SafeFileHandle Descriptor => _descriptor ?? throw new PlatformNotSupportedException("Only on Linux is shared memory given to other processes.");

    private MemoryMappedFileAccess GuestAccess { get; }

    /// <summary>Closes the file: the region is mapped no more, and the mappings stay.</summary>
    public void Close() => _file.Dispose();

    /// <summary>Maps the region once more, for a guest in this process. What it may not write faults when it does.</summary>
    /// <returns>The mapping.</returns>
    public Mapping MapForGuest() => Map(GuestAccess);

    private Mapping Map(MemoryMappedFileAccess access) => new(_file.CreateViewAccessor(0, LengthBytes, access));
}
