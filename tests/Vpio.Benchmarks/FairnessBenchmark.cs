using System.Globalization;
using Vpio.Abi;
using Vpio.Benchmarks.Reporting;
using Vpio.GuestDriver;
using Vpio.Hypervisor;
using Vpio.Hypervisor.Guests;
using Vpio.Tool.Accounting;

namespace Vpio.Benchmarks;

/// <summary>Measures how evenly guests that always want a device share it over two seconds, against what their weights say.</summary>
internal static class FairnessBenchmark
{
    private const int Rounds = 5;
    private const int TurnsOfEach = 40;
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(2);
    private static readonly int[] Equal = [1];
    private static readonly int[] Unequal = [1, 2, 4, 8, 16];

    public static void Run(Report report)
    {
        report.Say($"Guests that always want the device and hold it until they are asked to stop, for 2 s, start-up left out; medians of {Rounds} rounds. The Jain index is over the device time of each by its weight: 1 is ideal.");
        int[] counts = [2, 4, 8, 16, 32, 64];
        report.Table(
            ["guests", "weights", "Jain index", "aim", "slice of weight 1, µs", "hand-overs"],
            counts.SelectMany(guests => ((int[][])[Equal, Unequal]).Select(weights => Share(guests, weights))));
    }

    private static string[] Share(int guests, int[] weights)
    {
        int turn = Enumerable.Range(0, guests).Sum(i => weights[i % weights.Length]);
        double sliceUs = Math.Clamp(Measured.TotalMicroseconds / (TurnsOfEach * turn), 100, 10_000);
        (double Jain, double HandOvers)[] rounds = [.. Enumerable.Range(0, Rounds).Select(_ => Share(guests, weights, sliceUs))];
        Spread jain = new([.. rounds.Select(round => round.Jain)]);
        return
        [
            guests.ToString(CultureInfo.InvariantCulture),
            string.Join(", ", weights),
            jain.ToString("0.00000"),
            Aim.AtLeast(0.999).Judge(jain),
            sliceUs.ToString("#,0", CultureInfo.InvariantCulture),
            new Spread([.. rounds.Select(round => round.HandOvers)]).ToString("#,0"),
        ];
    }

    private static (double Jain, double HandOvers) Share(int guests, int[] weights, double sliceUs)
    {
        using ReferenceHypervisor hypervisor = new(new HypervisorOptions { Slice = TimeSpan.FromMicroseconds(sliceUs), Grace = HypervisorOptions.MaxDuration });
        SharedDevice device = hypervisor.AddDevice(new BareDevice());
        using CancellationTokenSource over = new();
        Guest[] all = [.. Enumerable.Range(0, guests).Select(i => AddGuest(hypervisor, device, weights[i % weights.Length]))];
        Thread[] threads = [.. all.Select(guest => new Thread(() => UseUp(guest, device.Index, over.Token)))];
        foreach (Thread thread in threads)
            thread.Start();

        Thread.Sleep(Measured / 10); // Until all take part.
        double[] before = OwnedMs(all, device);
        ulong handOvers = device.Statistics.HandOvers;
        Thread.Sleep(Measured);
        double[] shares = [.. OwnedMs(all, device).Zip(before, (now, then) => now - then).Select((owned, i) => owned / weights[i % weights.Length])];
        handOvers = device.Statistics.HandOvers - handOvers;
        over.Cancel();
        foreach (Thread thread in threads)
            thread.Join();
        return (JainIndex.Of(shares), handOvers);
    }

    private static Guest AddGuest(ReferenceHypervisor hypervisor, SharedDevice device, int weight)
    {
        Guest guest = hypervisor.AddGuest();
        hypervisor.Assign(guest, device);
        device.SetWeight(guest, weight);
        return guest;
    }

    private static double[] OwnedMs(Guest[] guests, SharedDevice device) =>
        [.. guests.Select(guest => device.GetOwnershipStatistics(guest).Owned.TotalMilliseconds)];

    /// <summary>Takes the device whenever it can, and holds it until it is asked to stop.</summary>
    private static void UseUp(Guest guest, DeviceIndex index, CancellationToken over)
    {
        using GuestDomain domain = GuestDomain.Attach(guest.Port);
        GuestDevice device = domain.GetDevice(index);
        try
        {
            while (!over.IsCancellationRequested)
            {
                using DeviceLease lease = device.Grab(over);
                while (!lease.StopRequested && !over.IsCancellationRequested)
                    Thread.SpinWait(20);
            }
        }
        catch (OperationCanceledException)
        {
            // The measurement is over.
        }
    }
}
