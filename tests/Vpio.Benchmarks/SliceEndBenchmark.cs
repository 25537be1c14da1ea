using Vpio.Abi;
using Vpio.Benchmarks.Reporting;
using Vpio.Hypervisor;

namespace Vpio.Benchmarks;

/// <summary>Measures how late an owner sees the end of its slice, beside the timers of the framework and a bare sleep of the system.</summary>
internal static class SliceEndBenchmark
{
    private const int Rounds = 10;
    private const int SamplesOfRound = 20;

    public static void Run(Report report)
    {
        report.Say($"The owner polls the state word; its slice begins when another guest joins, and its end is what the device page shows. {Rounds} rounds of {SamplesOfRound} each in turn. The framework's timers know whole milliseconds only.");
        foreach (double milliseconds in (double[])[0.1, 1, 10])
            Compare(report, TimeSpan.FromMilliseconds(milliseconds));
    }

    private static void Compare(Report report, TimeSpan slice)
    {
        using ReferenceHypervisor hypervisor = new(new HypervisorOptions { Slice = slice, Grace = HypervisorOptions.MaxDuration });
        SharedDevice device = hypervisor.AddDevice(new BareDevice());
        BareGuest owner = new(hypervisor, device);
        BareGuest waiter = new(hypervisor, device);
        using ManualResetEventSlim never = new();
        using PromptSleeper prompt = new();
        List<Lateness> all =
        [
            new("the end of a slice", () => LateEnd(owner, waiter)),
            Lateness.OfSleep("`clock_nanosleep` (the bare mechanism)", slice, () => ClockSleep.For(slice)),
            Lateness.OfSleep("`clock_nanosleep` on a thread as prompt as the timer's", slice, () => prompt.Sleep(slice)),
        ];
        if (slice >= TimeSpan.FromMilliseconds(1))
        {
            all.Add(Lateness.OfSleep("`ManualResetEventSlim.Wait`", slice, () => never.Wait(slice)));
            all.Add(Lateness.OfSleep("`Task.Delay`", slice, () => Task.Delay(slice).Wait()));
        }

        for (int round = 0; round < Rounds; round++)
            all.ForEach(each => each.Take(SamplesOfRound));
        report.Table([$"{slice.TotalMilliseconds} ms, late by", "p50 µs", "p99 µs", "most µs"], all.Select(each => each.Row()));
    }

    // Against the end that is shown: a slice is shorter when its owner overran the one before.
    private static TimeSpan LateEnd(BareGuest owner, BareGuest waiter)
    {
        owner.Grab(queue: false);
        StateWord owned = owner.Word;
        waiter.Grab(queue: true); // The owner's slice begins now.
        long endNs = (long)owner.SliceEndNs;
        while (owner.Word == owned)
            Thread.SpinWait(1);
        long seenNs = (long)owner.NowNs;
        owner.Release();
        waiter.Release();
        return TimeSpan.FromMicroseconds((seenNs - endNs) / 1e3);
    }
}
