using System.Diagnostics;
using Vpio.Benchmarks.Processes;
using Vpio.GuestDriver;
using Vpio.Hypervisor;

namespace Vpio.Benchmarks;

/// <summary>Measures what a hypervisor costs whose guests have nothing to do: one holds the device, the others are not interested.</summary>
internal static class IdleBenchmark
{
    private const int Processes = 16;

    public static void Run()
    {
        using ReferenceHypervisor hypervisor = new();
        using Participants participants = new(hypervisor, new DiscardingWire(), count: 4);
        participants[0].Device.TryGrab(out DeviceLease lease);
        double share = Measure();
        lease.Release();
        Console.WriteLine("Processor in use when nothing moves");
        Console.WriteLine($"  {share:P2} of one processor   (aim: none)");
        Console.WriteLine($"  {MeasureWithProcesses():P2} with {Processes} guests in processes of their own, each of which has made calls\n");
    }

    private static double MeasureWithProcesses()
    {
        GuestPeer[] guests = [.. Enumerable.Range(0, Processes).Select(_ => new GuestPeer())];
        foreach (GuestPeer guest in guests)
            guest.MeasureCalls(100);
        double share = Measure();
        foreach (GuestPeer guest in guests)
            guest.Dispose();
        return share;
    }

    private static double Measure()
    {
        using Process self = Process.GetCurrentProcess();
        Thread.Sleep(1500); // Until the device has gone to sleep, and the compiler has done.
        self.Refresh();
        TimeSpan before = self.TotalProcessorTime;
        long start = Stopwatch.GetTimestamp();
        Thread.Sleep(3000);
        self.Refresh();
        return (self.TotalProcessorTime - before) / Stopwatch.GetElapsedTime(start);
    }
}
