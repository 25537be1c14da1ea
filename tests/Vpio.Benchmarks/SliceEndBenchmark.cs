using System.Diagnostics;
using Vpio.Hypervisor;

namespace Vpio.Benchmarks;

/// <summary>Measures how late an owner sees the end of its slice, against the timers of the framework.</summary>
internal static class SliceEndBenchmark
{
    private const int Samples = 200;

    public static void Run()
    {
        Console.WriteLine("How late a slice ends, as its polling owner sees it (p50, p99)");
        foreach (double milliseconds in (double[])[0.1, 1, 10])
        {
            TimeSpan slice = TimeSpan.FromMilliseconds(milliseconds);
            Print($"slice of {milliseconds} ms", SliceEnds(slice));
            if (milliseconds < 1)
                continue;
            Print($"ManualResetEventSlim.Wait({milliseconds} ms)", Late(slice, () => _ = new ManualResetEventSlim().Wait(slice)));
            Print($"Task.Delay({milliseconds} ms)", Late(slice, () => Task.Delay(slice).Wait()));
        }

        Console.WriteLine();
    }

    private static double[] SliceEnds(TimeSpan slice)
    {
        using ReferenceHypervisor hypervisor = new(new HypervisorOptions { Slice = slice, Grace = HypervisorOptions.MaxDuration });
        SharedDevice device = hypervisor.AddDevice(new BareDevice());
        BareGuest owner = new(hypervisor, device);
        BareGuest waiter = new(hypervisor, device);
        double[] late = new double[Samples];
        for (int i = 0; i < Samples; i++)
        {
            owner.Grab(queue: false);
            Abi.StateWord owned = owner.Word;
            long start = Stopwatch.GetTimestamp();
            waiter.Grab(queue: true); // The owner's slice begins now.
            while (owner.Word == owned)
                Thread.SpinWait(1);
            late[i] = (Stopwatch.GetElapsedTime(start) - slice).TotalMicroseconds;
            owner.Release();
            waiter.Release();
        }

        return late;
    }

    private static double[] Late(TimeSpan time, Action wait)
    {
        double[] late = new double[Samples];
        for (int i = 0; i < Samples; i++)
        {
            long start = Stopwatch.GetTimestamp();
            wait();
            late[i] = (Stopwatch.GetElapsedTime(start) - time).TotalMicroseconds;
        }

        return late;
    }

    private static void Print(string what, double[] late)
    {
        double[] sorted = [.. late.Order()];
        Console.WriteLine($"  {what,-48} {sorted[Samples / 2],10:N1} us {sorted[Samples * 99 / 100],10:N1} us");
    }
}
