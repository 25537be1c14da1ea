using Vpio.Benchmarks.Reporting;

namespace Vpio.Benchmarks.Processes;

/// <summary>Measures what the border between processes costs: a hypercall there and back against other ways to ask a process.</summary>
internal static class ProcessBenchmark
{
    private const int RoundTrips = 5_000;

    /// <summary>Measures.</summary>
    public static void Run(Report report)
    {
        using GuestPeer guest = GuestPeer.InItsOwnProcess();
        using EchoPeer eventfd = EchoPeer.OverEventfd();
        using EchoPeer pipe = EchoPeer.OverPipes();
        using EchoPeer socket = EchoPeer.OverSocket();
        using NamedMutexPeer mutex = new();
        new Contest("a hypercall from another process, there and back", "ns", "N0")
            .Add("call slot, `DEVOP_get_state`", () => guest.MeasureCalls(RoundTrips))
            .Add("bare words, looked at and then slept on by futex (the limit)", () => guest.MeasureTurns(RoundTrips), Aim.AtMost(1.2))
            .Add("eventfd, one each way", () => eventfd.Measure(RoundTrips), Aim.AtMost(1))
            .Add("pipe, one each way", () => pipe.Measure(RoundTrips), Aim.AtMost(1))
            .Add("Unix socket", () => socket.Measure(RoundTrips), Aim.AtMost(1))
            .Add("named Mutex, handed over and back", () => mutex.Measure(RoundTrips), Aim.AtMost(1))
            .Run(report);
        report.Say("Where both sides run on processors of their own neither sleeps; where the system puts them on one, both do, and a turn takes microseconds whatever it goes by. So the figures spread as they do.");
    }
}
