using System.IO.MemoryMappedFiles;

namespace Vpio.CrossProcess;

/// <summary>Is memory of the hypervisor's process, mapped into this one for as long as it runs.</summary>
internal sealed unsafe class MappedFile
{
    private readonly MemoryMappedViewAccessor _view;

    public MappedFile(string path, bool writable)
    {
        using FileStream file = new(path, FileMode.Open, writable ? FileAccess.ReadWrite : FileAccess.Read, FileShare.ReadWrite);
        LengthBytes = file.Length;
        MemoryMappedFileAccess access = writable ? MemoryMappedFileAccess.ReadWrite : MemoryMappedFileAccess.Read;
        using MemoryMappedFile mapped = MemoryMappedFile.CreateFromFile(file, mapName: null, capacity: 0, access, HandleInheritability.None, leaveOpen: false);
        _view = mapped.CreateViewAccessor(0, 0, access);
        byte* start = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        Start = (nint)start;
    }

    public long LengthBytes { get; }

    public nint Start { get; }
}
