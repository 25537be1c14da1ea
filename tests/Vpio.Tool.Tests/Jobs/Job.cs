using Vpio.Abi;
using Vpio.Tool.Jobs;
using Vpio.Tool.Run;
using Vpio.Tool.Tests.Traffic;

namespace Vpio.Tool.Tests.Jobs;

/// <summary>Is a job with both of its ends.</summary>
internal sealed class Job
{
    internal Job(GuestJob? job = null)
    {
        Memory = JobMemory.Allocate(JobWriting.BytesFor((job ?? Plain).Outgoing));
        Domain0 = new Domain0End(Memory, job ?? Plain);
        Guest = new GuestEnd(Memory);
    }

    internal static GuestJob Plain => new() { Device = new DeviceIndex(0), Mac = Frames.Mac(1), Rate = FrameRate.Max, RingEntries = 256 };

    internal JobMemory Memory { get; }

    internal Domain0End Domain0 { get; }

    internal GuestEnd Guest { get; }
}
