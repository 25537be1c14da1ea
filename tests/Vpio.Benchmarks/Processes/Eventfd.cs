using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Vpio.Benchmarks.Processes;

/// <summary>Makes event descriptors.</summary>
internal static partial class Eventfd
{
    /// <summary>Makes one that children inherit.</summary>
    /// <returns>A stream of its counter, and its number.</returns>
    public static (FileStream Stream, string Number) Make()
    {
        int descriptor = Make(0, 0);
        return (new FileStream(new SafeFileHandle(descriptor, ownsHandle: true), FileAccess.ReadWrite, bufferSize: 0), descriptor.ToString(CultureInfo.InvariantCulture));
    }

    [LibraryImport("libc", EntryPoint = "eventfd")]
    private static partial int Make(uint initial, int flags);
}
