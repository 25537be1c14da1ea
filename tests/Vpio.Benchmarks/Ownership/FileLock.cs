using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Vpio.Benchmarks.Ownership;

/// <summary>Is flock on a file.</summary>
internal readonly partial struct FileLock : IExclusion, IDisposable
{
    private const int Exclusive = 2;
    private const int Unlock = 8;

    private readonly SafeFileHandle _file;
    private readonly int _descriptor;

    public FileLock()
    {
        // Read-write sharing: the framework locks a file by flock itself unless it is told to let others in.
        _file = File.OpenHandle(Path.GetTempFileName(), FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, FileOptions.DeleteOnClose);
        _descriptor = (int)_file.DangerousGetHandle();
    }

    public void Take() => _ = Flock(_descriptor, Exclusive);

    public void GiveBack() => _ = Flock(_descriptor, Unlock);

    public void Dispose() => _file.Dispose();

    [LibraryImport("libc", EntryPoint = "flock")]
    private static partial int Flock(int descriptor, int operation);
}
