using Vpio.Hypervisor.Scheduling;
using Vpio.Simulation.Checking;
using Vpio.Simulation.Load;

namespace Vpio.Simulation.Tests;

/// <summary>Runs as many guests as a hypervisor has, of all weights, on several devices, with hogs and mishaps.</summary>
internal sealed class LargeWorldTests
{
    [TestCase(OverrunPolicy.Stop)]
    [TestCase(OverrunPolicy.Detach)]
    public void ThousandGuestsOfAllWeightsKeepTheRulesUnderMishaps(OverrunPolicy policy)
    {
        SimulationOptions options = new()
        {
            Guests = 1024,
            Devices = 5,
            DevicesPerGuest = 2,
            Weights = [.. Enumerable.Range(SliceShare.MinWeight, SliceShare.MaxWeight)],
            Policy = policy,
            Slice = TimeSpan.FromMicroseconds(200),
            Grace = TimeSpan.FromMicroseconds(200),
            Hogs = 50,
            ChaosEvery = TimeSpan.FromMilliseconds(10),
            ResumeAfter = TimeSpan.FromMilliseconds(100),
            Duration = TimeSpan.FromSeconds(4),
            Load = policy == OverrunPolicy.Stop ? new ClosedLoad() : new PoissonLoad(meanGapNs: 100_000_000, meanServiceNs: 500_000),
        };
        using SimulationRun run = new(options);
        Violation? violation = run.Run();
        Assert.That(violation, Is.Null, $"seed {options.Seed}: {violation}");
        Assert.That(run.ForcedEnds, Is.GreaterThan(100));
        Assert.That(run.Quarantines, policy == OverrunPolicy.Detach ? Is.GreaterThan(10) : Is.Not.Negative);
        Assert.That(run.Host.Resumptions, Is.GreaterThan(100));
        TestContext.Out.WriteLine($"{run.Checker.Steps} steps, {run.Mishaps} mishaps, {run.ForcedEnds} forced ends, {run.Quarantines} quarantines");
    }
}
