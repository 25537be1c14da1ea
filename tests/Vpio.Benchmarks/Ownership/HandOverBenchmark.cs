using System.Globalization;
using Vpio.Benchmarks.Reporting;
using AsyncExclusiveLock = DotNext.Threading.AsyncExclusiveLock;

namespace Vpio.Benchmarks.Ownership;

/// <summary>Measures how fast and how evenly a device goes round among guests that all want it, against the locks that one would take instead.</summary>
internal static class HandOverBenchmark
{
    private const int Rounds = 7;

    private static readonly int[] Counts = [2, 4, 8, 16, 64];
    private static readonly Aim Even = Aim.AtLeast(0.999);

    public static void Run(Report report)
    {
        report.Say("A hand-over is a turn of another than who had the last. Each takes, counts, gives back and takes again at once. Who barges, as most of the framework's locks do, has many turns and few hand-overs.");
        List<IReadOnlyList<string>> evenness = [];
        foreach (int guests in Counts)
            Awaiting(report, guests, evenness);
        foreach (int guests in Counts)
            Blocking(report, guests, evenness);
        report.Table(["Jain index over the turns of each, ours", "guests", "median and spread", "aim"], evenness);
        report.Say("Two guests that run, and look at the state word until the device is theirs, beside a word that two threads hand to each other by plain stores: what a cache line takes from one processor to another.");
        Running(report, "by the bare hypercalls", RunningGuests.MeasureHandOver);
        Running(report, "by the driver: `Grab`, `Release`", RunningGuests.MeasureHandOverByDriver);
    }

    private static void Running(Report report, string how, Func<double> measure) =>
        new Contest($"two running guests, a hand-over {how}", "ns")
            .Add("ours", measure)
            .Add("a cache line's way to the other processor (the limit)", RunningGuests.MeasureTransfer, Aim.AtMost(3))
            .Run(report);

    private static void Awaiting(Report report, int guests, List<IReadOnlyList<string>> evenness)
    {
        List<double> jains = [];
        using SharingGuests sharing = new(guests);
        using SemaphoreSlim semaphore = new(1);
        using AsyncExclusiveLock dotNext = new();
        Nito.AsyncEx.AsyncLock nito = new();
        new Contest($"{guests} that await, hand-overs", "thousand/s") { Rounds = Rounds }
            .Add("ours: `GrabAsync`, `Release`", () => Booked(AwaitingTurns.Measure(guests, sharing.TakeTurns), jains))
            .Add("`SemaphoreSlim.WaitAsync`", () => AwaitingTurns.Measure(guests, (guest, book, over) => AwaitedLocks.BySemaphore(semaphore, guest, book, over)).ThousandsASecond, Aim.AtLeast(1))
            .Add("DotNext `AsyncExclusiveLock.AcquireAsync`", () => AwaitingTurns.Measure(guests, (guest, book, over) => AwaitedLocks.ByDotNext(dotNext, guest, book, over)).ThousandsASecond)
            .Add("Nito `AsyncLock.LockAsync`", () => AwaitingTurns.Measure(guests, (guest, book, over) => AwaitedLocks.ByNito(nito, guest, book, over)).ThousandsASecond)
            .Run(report);
        evenness.Add(Evenness("awaiting", guests, jains));
    }

    private static void Blocking(Report report, int guests, List<IReadOnlyList<string>> evenness)
    {
        List<double> jains = [];
        using SharingGuests sharing = new(guests);
        using TicketLock ticket = new();
        using QueueLock queue = new();
        using SemaphoreSlim semaphore = new(1);
        using Mutex mutex = new(initiallyOwned: false, $"vpio-benchmark-{Environment.ProcessId}");
        FrameworkLock framework = new(new Lock());
        FrameworkMonitor monitor = new(new object());
        new Contest($"{guests} that block, hand-overs", "thousand/s") { Rounds = Rounds }
            .Add("ours: `Grab`, `Release`", () => Booked(BlockingTurns.Measure(guests, guest => new GrabbedDevice(sharing[guest])), jains))
            .Add("fair: tickets over futex", () => Rate(guests, _ => new FairTicketLock(ticket)), Aim.AtLeast(1))
            .Add("fair: MCS queue over futex", () => Rate(guests, _ => new FairQueueLock(queue)), Aim.AtLeast(1))
            .Add("barging: `SemaphoreSlim.Wait`", () => Rate(guests, _ => new FrameworkSemaphore(semaphore)))
            .Add("barging: `Lock`", () => Rate(guests, _ => framework))
            .Add("barging: `Monitor`", () => Rate(guests, _ => monitor))
            .Add("barging: named `Mutex`", () => Rate(guests, _ => new NamedMutex(mutex)))
            .Run(report);
        evenness.Add(Evenness("blocking", guests, jains));
    }

    private static double Rate<TExclusion>(int guests, Func<int, TExclusion> exclusionOf)
        where TExclusion : struct, IExclusion =>
        BlockingTurns.Measure(guests, exclusionOf).ThousandsASecond;

    private static double Booked(HandOverRate rate, List<double> jains)
    {
        jains.Add(rate.Jain);
        return rate.ThousandsASecond;
    }

    private static string[] Evenness(string how, int guests, List<double> jains)
    {
        Spread spread = new([.. jains.TakeLast(Rounds)]); // Before them come the contest's warm-ups.
        return [how, guests.ToString(CultureInfo.InvariantCulture), spread.ToString("0.00000"), Even.Judge(spread)];
    }
}
