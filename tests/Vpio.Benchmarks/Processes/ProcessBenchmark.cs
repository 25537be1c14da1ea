using Vpio.Abi.Operations;

namespace Vpio.Benchmarks.Processes;

/// <summary>Measures what the border between processes costs: a hypercall there and back against other ways to ask a process, and how late an upcall is seen on the other side against a bare word.</summary>
internal static class ProcessBenchmark
{
    private const int RoundTrips = 5_000;
    private const int Upcalls = 2_000;
    private const int Count = 9;

    public static void Run()
    {
        using GuestPeer guest = new();
        Console.WriteLine("A hypercall from another process, there and back, against other ways to ask a process");
        using (EchoPeer eventfd = EchoPeer.OverEventfd())
            Compare(guest, "eventfd, one each way", eventfd.Measure);
        using (EchoPeer pipe = EchoPeer.OverPipes())
            Compare(guest, "pipe, one each way", pipe.Measure);
        using (EchoPeer socket = EchoPeer.OverSocket())
            Compare(guest, "Unix socket", socket.Measure);
        using (NamedMutexPeer mutex = new())
            Compare(guest, "named Mutex, handed over and back", mutex.Measure);

        Console.WriteLine("How late an upcall is seen in another process");
        Rounds.Compare(Count, () => guest.MeasureUpcalls(GuestTask.PollPending, Upcalls), () => guest.MeasureUpcalls(GuestTask.PollWord, Upcalls))
            .Print("polling driver, upcall_pending", "polling, a bare word", "ns", "N0", "at most 1.3");
        Rounds.Compare(Count, () => guest.MeasureUpcalls(GuestTask.SleepPending, Upcalls), () => guest.MeasureUpcalls(GuestTask.SleepWord, Upcalls))
            .Print("sleeping driver, DEVOP_wait", "sleeping, a bare futex", "ns", "N0", "at most 1.3");
    }

    private static void Compare(GuestPeer guest, string peer, Func<int, double> measure) =>
        Rounds.Compare(Count, () => guest.MeasureCalls(RoundTrips), () => measure(RoundTrips))
            .Print($"call slot, {nameof(GetStateArgs)[..^4]}", peer, "ns", "N0", "below 1");
}
