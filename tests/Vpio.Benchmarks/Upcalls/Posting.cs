using System.Diagnostics;
using Vpio.Abi;
using Vpio.Abi.Processes.Linux;
using Vpio.Benchmarks.Reporting;
using Vpio.Hypervisor;
using Vpio.Hypervisor.Guests;

namespace Vpio.Benchmarks.Upcalls;

/// <summary>Measures what an upcall costs who raises it, when nobody sleeps for it.</summary>
internal static class Posting
{
    private const int Count = 2_000_000;

    public static void Run(Report report)
    {
        using ReferenceHypervisor hypervisor = new();
        SharedDevice device = hypervisor.AddDevice(new BareDevice());
        Guest guest = hypervisor.AddGuest();
        uint[] words = GC.AllocateArray<uint>(32, pinned: true);
        new Contest("an upcall is raised", "ns")
            .Add("for an owner, which is awake and masks", () => Raise(guest, device, mask: 1))
            .Add("for a guest that is awake and does not mask", () => Raise(guest, device, mask: 0))
            .Add("three interlocked operations on words of one line (the limit)", () => Touch(words))
            .Add("a futex wake that finds nobody (a system call)", () => Wake(words), Aim.AtMost(0.5))
            .Run(report);
    }

    // Taken each time, as a guest does: an upcall that is pending already is raised faster.
    private static double Raise(Guest guest, SharedDevice device, byte mask)
    {
        ref GuestPage page = ref guest.Port.GuestPage;
        Volatile.Write(ref page.UpcallMask, mask);
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < Count; i++)
        {
            guest.Upcalls.Raise(device.Index, DeviceEvents.RxPending);
            Volatile.Write(ref page.UpcallPending, 0);
        }

        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / Count;
    }

    private static double Touch(uint[] words)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < Count; i++)
        {
            Interlocked.Or(ref words[0], 1);
            Interlocked.Or(ref words[2], 1);
            Interlocked.Exchange(ref words[4], 1);
            Volatile.Write(ref words[4], 0);
        }

        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / Count;
    }

    private static double Wake(uint[] words)
    {
        const int calls = Count / 20;
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < calls; i++)
            Futex.Wake(ref words[16]);
        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / calls;
    }
}
