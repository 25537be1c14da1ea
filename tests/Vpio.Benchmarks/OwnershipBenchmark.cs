using System.Diagnostics;
using Vpio.GuestDriver;
using Vpio.Hypervisor;

namespace Vpio.Benchmarks;

/// <summary>Compares an uncontended grab and release, through the whole door, with locks of the framework.</summary>
internal static class OwnershipBenchmark
{
    private const int Pairs = 500_000;

    public static void Run()
    {
        Console.WriteLine("Uncontended grab and release through the hypercall");
        using ReferenceHypervisor hypervisor = new();
        using Participants guests = new(hypervisor, new DiscardingWire(), count: 1);
        using Mutex mutex = new(initiallyOwned: false, $"vpio-benchmark-{Environment.ProcessId}");
        using SemaphoreSlim semaphore = new(1);
        double Grab() => Time(() =>
        {
            guests[0].Device.TryGrab(out DeviceLease lease);
            lease.Release();
        });
        Rounds.Compare(9, Grab, () => Time(() =>
        {
            mutex.WaitOne();
            mutex.ReleaseMutex();
        })).Print("grab and release", "named Mutex, what processes would share", "ns", "0", "below 1; the tuning has its own milestone");
        Rounds.Compare(9, Grab, () => Time(() =>
        {
            semaphore.Wait();
            semaphore.Release();
        })).Print("grab and release", "SemaphoreSlim", "ns", "0", "to be known");
    }

    private static double Time(Action pair)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < Pairs; i++)
            pair();
        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / Pairs;
    }
}
