using System.Runtime.CompilerServices;
using Vpio.Abi;
using Vpio.Tool.Jobs;

namespace Vpio.Tool.Tests.Jobs;

/// <summary>Makes the memory of a job without a guest: both ends on one array.</summary>
internal static class PlainMemory
{
    internal static unsafe JobMemory Make(long bytes)
    {
        ulong[] array = GC.AllocateArray<ulong>((int)(bytes / sizeof(ulong)), pinned: true);
        return new JobMemory(new GuestMemory((nint)Unsafe.AsPointer(ref array[0]), bytes), array);
    }

    internal static JobMemory For(GuestJob job) => Make(JobWriting.BytesFor(job.Outgoing));
}
