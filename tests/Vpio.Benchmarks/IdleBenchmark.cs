using System.Diagnostics;
using Vpio.Benchmarks.Processes;
using Vpio.Benchmarks.Reporting;
using Vpio.GuestDriver;
using Vpio.Hypervisor;

namespace Vpio.Benchmarks;

/// <summary>Measures what a hypervisor costs whose guests have nothing to do: one holds the device, the others are not interested.</summary>
internal static class IdleBenchmark
{
    private const int Processes = 16;

    /// <summary>Measures.</summary>
    public static void Run(Report report) => report.Table(["when nothing moves", "of one processor"],
    [
        ["nothing at all: a thread that sleeps (the limit)", $"{Measure():P2}"],
        ["4 guests in this process, of which one holds the NIC", $"{MeasureHolder(4):P2}"],
        ["1,024 guests in this process, of which one holds the NIC", $"{MeasureHolder(1024):P2}"],
        [$"{Processes} guests in processes of their own, each of which has made calls", $"{MeasureWithProcesses():P2}"],
    ]);

    private static double MeasureHolder(int guests)
    {
        using ReferenceHypervisor hypervisor = new(new HypervisorOptions { GuestMemoryBytes = 1 << 20 });
        using Participants participants = new(hypervisor, new DiscardingWire(), guests);
        participants[0].Device.TryGrab(out DeviceLease lease);
        double share = Measure();
        lease.Release();
        return share;
    }

    private static double MeasureWithProcesses()
    {
        GuestPeer[] guests = [.. Enumerable.Range(0, Processes).Select(_ => GuestPeer.InItsOwnProcess(Sides.Apart))];
        foreach (GuestPeer guest in guests)
            guest.MeasureCalls(100);
        double share = Measure();
        foreach (GuestPeer guest in guests)
            guest.Dispose();
        return share;
    }

    // Of this process: a guest's own is its own affair.
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
