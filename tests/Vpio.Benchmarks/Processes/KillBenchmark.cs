using System.Diagnostics;
using Vpio.Benchmarks.Reporting;
using Vpio.Hypervisor;
using Vpio.Hypervisor.Devices.Network;
using Vpio.Hypervisor.Guests;

namespace Vpio.Benchmarks.Processes;

/// <summary>Kills owners of a device at random moments, and measures how long the next guest waits for its grant, against how long the system takes to tell that a child is dead.</summary>
internal static class KillBenchmark
{
    private const int Kills = 10_000;
    private const double LongestLifeMicroseconds = 1_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Kills, and measures.</summary>
    public static void Run(Report report)
    {
        using ReferenceHypervisor hypervisor = new(new HypervisorOptions { Slice = HypervisorOptions.MaxDuration, Grace = HypervisorOptions.MaxDuration });
        Nic nic = new(new DiscardingWire());
        SharedDevice device = hypervisor.AddDevice(nic);
        Guest next = hypervisor.AddGuest();
        nic.SetMacAddress(next.Id, new(0x0202));
        BareGuest waiter = new(hypervisor, device, next);
        GuestCommand victim = new(VictimProgram.Build(), []);
        Random random = new(7);
        double[] grants = new double[Kills];
        double[] deaths = new double[Kills / 10];
        for (int i = 0; i < Kills; i++)
        {
            grants[i] = KillOwner(hypervisor, nic, device, waiter, victim, random);
            if (i % 10 == 0)
                deaths[i / 10] = ChildDeath.Measure();
        }

        double death = new Spread(deaths).Median;
        report.Table(["an owner is killed at a random moment", "us", "times the end of a child"],
        [
            ["until the next guest's grant", new Spread(grants).ToString("N0"), new Spread([.. grants.Select(grant => grant / death)]).ToString("0.00")],
            ["until the end of a child of no threads is told (the limit)", new Spread(deaths).ToString("N0"), string.Empty],
        ]);
        report.Say($"{device.Statistics.Grants:N0} grants in {grants.Length:N0} kills, every one of which was followed by the next guest's.");
    }

    private static double KillOwner(ReferenceHypervisor hypervisor, Nic nic, SharedDevice device, BareGuest waiter, GuestCommand command, Random random)
    {
        Guest victim = hypervisor.AddGuest(command);
        nic.SetMacAddress(victim.Id, new(0x0302));
        hypervisor.Assign(victim, device);
        victim.Process!.Start();
        Await(() => device.State.IsHeld, "the victim owns the device");
        waiter.Grab(queue: true);
        double life = random.NextDouble() * LongestLifeMicroseconds;
        for (long born = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(born).TotalMicroseconds < life;)
            Thread.SpinWait(10);

        long killed = Stopwatch.GetTimestamp();
        ChildDeath.Kill(victim.Process.Id);
        Await(() => waiter.Owns, "the next guest owns the device");
        double microseconds = Stopwatch.GetElapsedTime(killed).TotalMicroseconds;
        waiter.Release();
        hypervisor.RemoveGuest(victim);
        return microseconds;
    }

    private static void Await(Func<bool> holds, string what)
    {
        for (long start = Stopwatch.GetTimestamp(); !holds();)
        {
            if (Stopwatch.GetElapsedTime(start) > Patience)
                throw new InvalidOperationException($"It does not come to that, that {what}: the device is lost.");
            Thread.SpinWait(20);
            Thread.Yield();
        }
    }
}
