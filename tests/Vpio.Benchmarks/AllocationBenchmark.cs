using Vpio.GuestDriver;
using Vpio.Hypervisor;

namespace Vpio.Benchmarks;

/// <summary>Counts what is allocated in the whole process while frames flow and the device changes hands.</summary>
internal static class AllocationBenchmark
{
    private const int Batches = 30_000;

    public static void Run()
    {
        using ReferenceHypervisor hypervisor = new();
        using Participants participants = new(hypervisor, new DiscardingWire(), count: 2);
        byte[][] frames = [participants[0].MakeFrame(64), participants[1].MakeFrame(64)];
        SendAll(participants, frames);

        ulong framesBefore = participants.FramesSent;
        ulong handOversBefore = participants.Shared.Statistics.HandOvers;
        long bytesBefore = GC.GetTotalAllocatedBytes(precise: true);
        SendAll(participants, frames);
        long bytes = GC.GetTotalAllocatedBytes(precise: true) - bytesBefore;
        ulong sent = participants.FramesSent - framesBefore;
        ulong handOvers = participants.Shared.Statistics.HandOvers - handOversBefore;
        Console.WriteLine("Allocation in the steady state, all threads of the process");
        Console.WriteLine($"  {bytes:N0} bytes for {sent:N0} frames and {handOvers:N0} hand-overs   (aim: none for each)\n");
    }

    private static void SendAll(Participants participants, byte[][] frames)
    {
        for (int i = 0; i < Batches; i++)
        {
            Participant participant = participants[i / 100 % participants.Count];
            participant.Device.TryGrab(out DeviceLease lease);
            participant.SendBatch(in lease, frames[i / 100 % frames.Length]);
            participant.Transmitter.WaitForDrain(in lease, TimeSpan.FromSeconds(10));
            lease.Release();
        }
    }
}
