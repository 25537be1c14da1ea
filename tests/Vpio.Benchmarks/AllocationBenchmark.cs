using System.Globalization;
using Vpio.Benchmarks.Frames;
using Vpio.Benchmarks.Reporting;
using Vpio.GuestDriver;
using Vpio.Hypervisor;

namespace Vpio.Benchmarks;

/// <summary>Counts what is allocated in the whole process while frames flow each way and the device changes hands.</summary>
internal static class AllocationBenchmark
{
    private const int Batches = 30_000;
    private const int Frames = 1_024_000;
    private const int HandOvers = 100_000;

    public static void Run(Report report)
    {
        using ReferenceHypervisor hypervisor = new();
        using Participants participants = new(hypervisor, new DiscardingWire(), count: 2);
        byte[][] frames = [participants[0].MakeFrame(64), participants[1].MakeFrame(64)];
        using HeldNic held = new(frameBytes: 64);
        using FedNic fed = new(frameBytes: 64);
        using AwaitedHandOvers sharing = new();
        ulong handOversBefore = participants.Shared.Statistics.HandOvers;
        report.Say("What all threads of the process allocate in the steady state. Aim: nothing for a frame, and nothing for a hand-over.");
        report.Table(
            ["what is done", "how often", "allocated, bytes"],
            [
                Row("frames sent", Frames, () => held.Transmit(Frames)),
                Row("frames received", Frames, () => fed.Receive(Frames)),
                Row("batches of 32 frames sent, the NIC grabbed and released for each", Batches, () => SendAll(participants, frames)),
                Row("hand-overs between two guests that await", HandOvers, () => sharing.HandOver(HandOvers)),
            ]);
        report.Say(string.Create(CultureInfo.InvariantCulture, $"Among the batches were {(participants.Shared.Statistics.HandOvers - handOversBefore) / 2:N0} hand-overs from one guest to another."));
    }

    /// <summary>Does something twice, and counts at the second time.</summary>
    private static string[] Row(string what, int times, Action action)
    {
        action();
        long before = GC.GetTotalAllocatedBytes(precise: true);
        action();
        long bytes = GC.GetTotalAllocatedBytes(precise: true) - before;
        return [what, times.ToString("N0", CultureInfo.InvariantCulture), bytes.ToString("N0", CultureInfo.InvariantCulture)];
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
