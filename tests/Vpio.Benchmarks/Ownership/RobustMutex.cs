using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;

namespace Vpio.Benchmarks.Ownership;

/// <summary>Is a robust mutex of the C library in shared memory: what processes share that can die.</summary>
internal readonly unsafe partial struct RobustMutex : IExclusion, IDisposable
{
    private const int Shared = 1;
    private const int Robust = 1;

    // More than a mutex and its attributes take on any system.
    private const int PageBytes = 4096;
    private const int AttributesOffset = 2048;

    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _mutex;

    public RobustMutex()
    {
        _file = MemoryMappedFile.CreateNew(null, PageBytes);
        _view = _file.CreateViewAccessor();
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _mutex);
        byte* attributes = _mutex + AttributesOffset;
        int failed = InitAttributes(attributes) | SetShared(attributes, Shared) | SetRobust(attributes, Robust) | Init(_mutex, attributes);
        if (failed != 0)
            throw new InvalidOperationException($"The C library makes no such mutex: {failed}.");
    }

    public void Take() => _ = Lock(_mutex);

    public void GiveBack() => _ = Unlock(_mutex);

    public void Dispose()
    {
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "pthread_mutexattr_init")]
    private static partial int InitAttributes(byte* attributes);

    [LibraryImport("libc", EntryPoint = "pthread_mutexattr_setpshared")]
    private static partial int SetShared(byte* attributes, int shared);

    [LibraryImport("libc", EntryPoint = "pthread_mutexattr_setrobust")]
    private static partial int SetRobust(byte* attributes, int robust);

    [LibraryImport("libc", EntryPoint = "pthread_mutex_init")]
    private static partial int Init(byte* mutex, byte* attributes);

    [LibraryImport("libc", EntryPoint = "pthread_mutex_lock")]
    private static partial int Lock(byte* mutex);

    [LibraryImport("libc", EntryPoint = "pthread_mutex_unlock")]
    private static partial int Unlock(byte* mutex);
}
