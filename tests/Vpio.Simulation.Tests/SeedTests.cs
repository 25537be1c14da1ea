using System.Globalization;
using Vpio.Hypervisor.Scheduling;
using Vpio.Simulation.Checking;
using Vpio.Simulation.Load;

namespace Vpio.Simulation.Tests;

/// <summary>Runs worlds of every kind from many seeds; each is held to the ten rules and to the bound on waiting after every step.</summary>
internal sealed class SeedTests
{
    private const int Worlds = 300;

    [Test]
    public void NoInvariantBreaksInAnyOfHundredsOfWorldsWithMishaps()
    {
        long steps = 0;
        long mishaps = 0;
        for (int seed = 1; seed <= Worlds; seed++)
        {
            SimulationOptions options = Small(seed);
            using SimulationRun run = new(options);
            Violation? violation = run.Run();
            Assert.That(violation, Is.Null, $"seed {seed}: {violation}");
            steps += run.Checker.Steps;
            mishaps += run.Mishaps;
        }

        TestContext.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Worlds} worlds, {steps:N0} steps, {mishaps:N0} mishaps"));
        Assert.That(steps, Is.GreaterThan(100 * Worlds));
        Assert.That(mishaps, Is.GreaterThan(10 * Worlds));
    }

    private static SimulationOptions Small(int seed) => new()
    {
        Seed = seed,
        Guests = 2 + (seed % 7),
        Devices = 1 + (seed % 3),
        DevicesPerGuest = 1 + (seed % 5 % (1 + (seed % 3))),
        Weights = seed % 2 == 0 ? [1] : [1, 2, 4, 16],
        Duration = TimeSpan.FromMilliseconds(600),
        Slice = TimeSpan.FromMicroseconds(500 + (seed * 37 % 4000)),
        Grace = TimeSpan.FromMicroseconds(100 + (seed * 11 % 900)),
        Policy = seed % 2 == 0 ? OverrunPolicy.Stop : OverrunPolicy.Detach,
        Hogs = seed % 4 == 0 ? 1 : 0,
        ResumeAfter = TimeSpan.FromMilliseconds(20),
        ArrivalsEvery = seed % 3 == 1 ? null : TimeSpan.FromMilliseconds(1 + (seed % 10)),
        ChaosEvery = TimeSpan.FromMilliseconds(5),
        Load = (seed % 3) switch
        {
            0 => new ClosedLoad(),
            1 => new PoissonLoad(10_000_000, 2_000_000),
            _ => new BurstLoad(10_000_000, 2_000_000),
        },
    };
}
