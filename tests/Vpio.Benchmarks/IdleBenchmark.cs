using System.Diagnostics;
using Vpio.GuestDriver;
using Vpio.Hypervisor;

namespace Vpio.Benchmarks;

/// <summary>Measures what a hypervisor costs whose guests have nothing to do: one holds the device, the others are not interested.</summary>
internal static class IdleBenchmark
{
    public static void Run()
    {
        using ReferenceHypervisor hypervisor = new();
        using Participants participants = new(hypervisor, new DiscardingWire(), count: 4);
        using Process self = Process.GetCurrentProcess();
        participants[0].Device.TryGrab(out DeviceLease lease);
        Thread.Sleep(200); // Until the device has gone to sleep.
        self.Refresh();
        TimeSpan before = self.TotalProcessorTime;
        long start = Stopwatch.GetTimestamp();
        Thread.Sleep(3000);
        self.Refresh();
        double share = (self.TotalProcessorTime - before) / Stopwatch.GetElapsedTime(start);
        lease.Release();
        Console.WriteLine("Processor in use when nothing moves");
        Console.WriteLine($"  {share:P2} of one processor   (aim: none)\n");
    }
}
