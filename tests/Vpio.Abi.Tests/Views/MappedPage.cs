using System.IO.MemoryMappedFiles;
using System.Runtime.CompilerServices;

namespace Vpio.Abi.Tests.Views;

/// <summary>Is a page of shared memory with a writable view, as the hypervisor has, and a read-only one, as a guest has.</summary>
internal sealed unsafe class MappedPage : IDisposable
{
    private readonly MemoryMappedFile _file = MemoryMappedFile.CreateNew(mapName: null, DevicePage.Size);
    private readonly MemoryMappedViewAccessor _writable;
    private readonly MemoryMappedViewAccessor _readOnly;
    private readonly byte* _start;

    public MappedPage()
    {
        _writable = _file.CreateViewAccessor(0, DevicePage.Size, MemoryMappedFileAccess.ReadWrite);
        _readOnly = _file.CreateViewAccessor(0, DevicePage.Size, MemoryMappedFileAccess.Read);

        // SAFETY: released by Dispose, before the view goes.
        _readOnly.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
    }

    // SAFETY: the view is one page long, aligned to pages, and mapped until Dispose.
    public ref readonly DevicePage ReadOnly => ref Unsafe.AsRef<DevicePage>(_start + _readOnly.PointerOffset);

    public void Write(long offset, ulong value) => _writable.Write(offset, value);

    public void Dispose()
    {
        _readOnly.SafeMemoryMappedViewHandle.ReleasePointer();
        _readOnly.Dispose();
        _writable.Dispose();
        _file.Dispose();
    }
}
