using Vpio.Abi;
using Vpio.Abi.Network;
using Vpio.Tool.Jobs;
using Vpio.Tool.Run;

namespace Vpio.Fuzz.Job;

/// <summary>Is a guest that has a job, with its application memory and both ends of it.</summary>
internal sealed class JobGuest
{
    /// <summary>Lays the job down.</summary>
    /// <param name="id">The guest.</param>
    public JobGuest(DomainId id)
    {
        Id = id;
        Memory = JobMemory.Allocate(JobWriting.BytesFor(outgoing: null));
        Domain0 = new Domain0End(Memory, new GuestJob { Device = new DeviceIndex(0), Mac = Address, Rate = FrameRate.Max, RingEntries = 16 });
        End = new GuestEnd(Memory);
    }

    /// <summary>Gets who it is.</summary>
    public DomainId Id { get; }

    /// <summary>Gets its address.</summary>
    public MacAddress Address => new(0x02UL | ((ulong)Id.Value << 40));

    /// <summary>Gets its application memory, every byte of which it may write.</summary>
    public Span<byte> Bytes => Memory.GetSpan();

    /// <summary>Gets the same, in words.</summary>
    public JobMemory Memory { get; }

    /// <summary>Gets domain 0's end.</summary>
    public Domain0End Domain0 { get; }

    /// <summary>Gets the guest's end, for when it does as it should.</summary>
    public GuestEnd End { get; }
}
