using System.Diagnostics;
using Vpio.Hypervisor;

namespace Vpio.Benchmarks;

/// <summary>Compares four guests that share the NIC in slices of 10 ms with one guest that has it to itself.</summary>
internal static class SharingBenchmark
{
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(1);

    public static void Run(int frameBytes)
    {
        Console.WriteLine($"Sharing the NIC, frames of {frameBytes} bytes");
        Rounds.Compare(9, () => FramesPerSecond(guests: 4, frameBytes), () => FramesPerSecond(guests: 1, frameBytes))
            .Print("four guests, slices of 10 ms", "one guest alone", "frames/s", "#,0", "at least 0.95");
    }

    private static double FramesPerSecond(int guests, int frameBytes)
    {
        // The slice is what is measured; a long grace keeps a busy machine from stopping a guest.
        using ReferenceHypervisor hypervisor = new(new HypervisorOptions { Slice = TimeSpan.FromMilliseconds(10), Grace = TimeSpan.FromSeconds(1) });
        using Participants participants = new(hypervisor, new DiscardingWire(), guests);
        using CancellationTokenSource over = new();
        Thread[] threads = new Thread[guests];
        for (int i = 0; i < guests; i++)
        {
            Participant participant = participants[i];
            threads[i] = new Thread(() => participant.Flood(participant.MakeFrame(frameBytes), over.Token));
            threads[i].Start();
        }

        Thread.Sleep(100); // Until all take part; what follows is measured.
        ulong before = participants.FramesSent;
        long start = Stopwatch.GetTimestamp();
        Thread.Sleep(Round);
        double rate = (participants.FramesSent - before) / Stopwatch.GetElapsedTime(start).TotalSeconds;
        over.Cancel();
        foreach (Thread thread in threads)
            thread.Join();
        return rate;
    }
}
