using Vpio.Benchmarks.Reporting;

namespace Vpio.Benchmarks.Processes;

/// <summary>Measures what the border between processes costs: a hypercall there and back against other ways to ask a process.</summary>
internal static class ProcessBenchmark
{
    private const int RoundTrips = 5_000;

    /// <summary>Measures.</summary>
    public static void Run(Report report)
    {
        foreach (Sides sides in Sides.All)
            sides.RunHere(() => Run(report, sides));
        report.Say("On processors of their own neither side sleeps that looks before it would; on one processor both sleep each time, and a turn is two switches of the scheduler's.");
    }

    private static void Run(Report report, Sides sides)
    {
        using GuestPeer guest = GuestPeer.InItsOwnProcess(sides);
        using EchoPeer eventfd = EchoPeer.OverEventfd(sides);
        using EchoPeer pipe = EchoPeer.OverPipes(sides);
        using EchoPeer socket = EchoPeer.OverSocket(sides);
        using NamedMutexPeer mutex = new(sides);
        new Contest($"a hypercall from another process, there and back, {sides.Name}", "ns", "N0")
            .Add("call slot, `DEVOP_get_state`", () => guest.MeasureCalls(RoundTrips))
            .Add("bare words, looked at and then slept on by futex (the limit)", () => guest.MeasureTurns(RoundTrips), Aim.AtMost(1.2))
            .Add("eventfd, one each way", () => eventfd.Measure(RoundTrips), Aim.AtMost(1))
            .Add("pipe, one each way", () => pipe.Measure(RoundTrips), Aim.AtMost(1))
            .Add("Unix socket", () => socket.Measure(RoundTrips), Aim.AtMost(1))
            .Add("named Mutex, handed over and back", () => mutex.Measure(RoundTrips), Aim.AtMost(1))
            .Run(report);
    }
}
