using System.Globalization;
using Vpio.Benchmarks.Reporting;
using Vpio.GuestDriver;
using Vpio.Hypervisor;
using AsyncExclusiveLock = DotNext.Threading.AsyncExclusiveLock;

namespace Vpio.Benchmarks.Ownership;

/// <summary>Compares an uncontended grab and release, through the whole door, with one compare-exchange each way and with the locks one would take instead.</summary>
internal static class OwnershipBenchmark
{
    private const int Thousands = 500;
    private const int ThousandsOfSlow = 50;

    public static void Run(Report report)
    {
        using ReferenceHypervisor hypervisor = new();
        BareGuest bare = new(hypervisor, hypervisor.AddDevice(new BareDevice()));
        SharedDevice driven = hypervisor.AddDevice(new BareDevice());
        BareGuest guest = new(hypervisor, driven);
        using GuestDomain domain = GuestDomain.Attach(guest.Guest.Port);
        GuestDevice device = domain.GetDevice(driven.Index);
        report.Say("A grab is the hypercall `DEVOP_grab`, a release the hypercall `DEVOP_release`: both with all checks, the state word, the accounts and what a slice needs. The device does nothing. Of each lock a pair is named in its row.");
        Compare(report, "by the bare hypercalls", () => UncontendedPairs.Measure(new DeviceOfBareGuest(bare), Thousands));
        Compare(report, "by the driver: `TryGrab`, `Release`", () => UncontendedPairs.Measure(new DeviceOfDriver(device), Thousands));
        report.Say($"A pair allocates {AllocatedBytes(bare, device).ToString(CultureInfo.InvariantCulture)} bytes, counted over a thousand by the driver and a thousand bare.");
    }

    private static void Compare(Report report, string ours, Func<double> measure)
    {
        using SemaphoreSlim semaphore = new(1);
        using AsyncExclusiveLock dotNext = new();
        using Mutex mutex = new(initiallyOwned: false, $"vpio-benchmark-{Environment.ProcessId}");
        using RobustMutex robust = new();
        using FileLock file = new();
        new Contest($"grab and release {ours}", "ns")
            .Add("ours", measure)
            .Add("one compare-exchange", () => Pairs(new CompareExchangePair(new ulong[16]))() / 2, Aim.AtMost(5))
            .Add("`Lock.Enter`, `Exit`", Pairs(new FrameworkLock(new Lock())), Aim.AtMost(2))
            .Add("`Monitor.Enter`, `Exit`", Pairs(new FrameworkMonitor(new object())))
            .Add("`pthread_mutex_lock`, `unlock`: robust, shared between processes", Pairs(robust))
            .Add("`SemaphoreSlim.Wait`, `Release`", Pairs(new FrameworkSemaphore(semaphore)))
            .Add("DotNext `AsyncExclusiveLock.TryAcquire`, `Release`", Pairs(new DotNextLock(dotNext)))
            .Add("Nito `AsyncLock.Lock`, `Dispose` of the key", Pairs(new NitoLock(new Nito.AsyncEx.AsyncLock())))
            .Add("named `Mutex.WaitOne`, `ReleaseMutex`", Pairs(new NamedMutex(mutex), ThousandsOfSlow), Aim.AtMost(1.0 / 12))
            .Add("`flock` on a file, exclusive, unlock", Pairs(file, ThousandsOfSlow), Aim.AtMost(1.0 / 70))
            .Run(report);
    }

    private static Func<double> Pairs<TExclusion>(TExclusion exclusion, int thousands = Thousands)
        where TExclusion : struct, IExclusion =>
        () => UncontendedPairs.Measure(new PairOf<TExclusion>(exclusion), thousands);

    private static long AllocatedBytes(BareGuest bare, GuestDevice device)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        UncontendedPairs.Measure(new DeviceOfBareGuest(bare), 1);
        UncontendedPairs.Measure(new DeviceOfDriver(device), 1);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
