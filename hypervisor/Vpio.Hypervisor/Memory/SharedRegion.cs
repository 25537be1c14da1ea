using System.IO.MemoryMappedFiles;

namespace Vpio.Hypervisor.Memory;

/// <summary>Is memory that hypervisor and guest share: an anonymous memory file, mapped once for each side.</summary>
/// <remarks>
/// Nothing is unmapped by hand. A guest's thread that was fenced off may still be running, and a granter may be about to
/// raise an upcall for a guest that is just being removed; a mapping that went away under them would bring the process
/// down. So each mapping lives as long as somebody can reach it, and its finalizer unmaps it. The file is needed for new mappings only:
/// closed in time, it is no burden on the files that a process may have open.
/// </remarks>
internal sealed class SharedRegion
{
    private readonly MemoryMappedFile _file;

    /// <summary>Makes a region of zeros and maps it for the hypervisor.</summary>
    /// <param name="lengthBytes">How long it is, bytes.</param>
    public SharedRegion(long lengthBytes)
    {
        LengthBytes = lengthBytes;
        _file = MemoryMappedFile.CreateNew(mapName: null, lengthBytes);
        Hypervisor = Map(MemoryMappedFileAccess.ReadWrite);
    }

    /// <summary>Gets how long the region is, bytes.</summary>
    public long LengthBytes { get; }

    /// <summary>Gets the hypervisor's mapping.</summary>
    public Mapping Hypervisor { get; }

    /// <summary>Closes the file: the region is mapped no more, and the mappings stay.</summary>
    public void Close() => _file.Dispose();

    /// <summary>Maps the region once more, for a guest.</summary>
    /// <param name="writable">Whether the guest may write; otherwise a write faults.</param>
    /// <returns>The mapping.</returns>
    public Mapping MapForGuest(bool writable) =>
        Map(writable ? MemoryMappedFileAccess.ReadWrite : MemoryMappedFileAccess.Read);

    private Mapping Map(MemoryMappedFileAccess access) => new(_file.CreateViewAccessor(0, LengthBytes, access));
}
