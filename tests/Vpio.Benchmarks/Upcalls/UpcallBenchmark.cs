using Vpio.Benchmarks.Machines;
using Vpio.Benchmarks.Processes;
using Vpio.Benchmarks.Reporting;
using Vpio.Hypervisor.Guests;

namespace Vpio.Benchmarks.Upcalls;

/// <summary>Measures upcalls: what one costs who raises it, and how late it is seen, against the bare word, futex or event descriptor that would do it.</summary>
internal static class UpcallBenchmark
{
    private const int Samples = 1_000;

    /// <summary>Measures.</summary>
    public static void Run(Report report)
    {
        Posting.Run(report);
        if (Sides.All.Count > 1)
            Sides.Apart.RunHere(() => Seeing(report, Sides.Apart));
        else
            report.Say("How late an upcall is seen is not measured: who polls needs a processor of its own, and this process may run on one only.");
    }

    private static void Seeing(Report report, Sides sides)
    {
        report.Say($"Below, {sides.Name}: who raises, and who sees it.");
        using (GuestPeer here = GuestPeer.InThisProcess(sides))
        {
            Polling(report, "this process", () => here.MeasureUpcalls(GuestTask.PollPending, Samples), () => here.MeasureUpcalls(GuestTask.PollWord, Samples));
            Sleeping(here, "this process")
                .Add("an eventfd", () => here.MeasureUpcalls(GuestTask.SleepEventfd, Samples), Aim.AtMost(1.3))
                .Run(report);
        }

        using (GuestPeer there = GuestPeer.InItsOwnProcess(sides))
        {
            Polling(report, "another process", () => there.MeasureUpcalls(GuestTask.PollPending, Samples), () => there.MeasureUpcalls(GuestTask.PollWord, Samples));
            Sleeping(there, "another process").Run(report);
        }

        if (KvmSupport.WhyNot() is { } reason)
            report.Say($"Not measured in a virtual machine: none can be run here, {reason}.");
        else
            Polling(report, "a virtual machine", () => MachineUpcalls.Measure(MachineSignal.Pending, sides), () => MachineUpcalls.Measure(MachineSignal.BareWord, sides));
    }

    private static void Polling(Report report, string where, Func<double> ours, Func<double> bare) =>
        new Contest($"an upcall is seen by a driver in {where} that polls", "ns", "N0")
            .Add("`upcall_pending`", ours)
            .Add("a bare word (the limit)", bare, Aim.AtMost(1.3))
            .Run(report);

    private static Contest Sleeping(GuestPeer guest, string where) =>
        new Contest($"an upcall is seen by a driver in {where} that sleeps", "ns", "N0")
            .Add("`DEVOP_wait`", () => guest.MeasureUpcalls(GuestTask.SleepPending, Samples))
            .Add("a bare futex (the limit)", () => guest.MeasureUpcalls(GuestTask.SleepWord, Samples), Aim.AtMost(1.3));
}
