using Microsoft.Coyote;
using Microsoft.Coyote.Logging;
using Microsoft.Coyote.SystematicTesting;

namespace Vpio.Coyote.Tests.Control;

/// <summary>Runs a scenario under Coyote in many schedules, chosen at random from a fixed seed.</summary>
internal static class Sampler
{
    private const uint Seed = 20_260_401;
    private const uint StepsOfOneSchedule = 20_000;
    private const uint BusyMachineMs = 60_000;

    /// <summary>Runs what ships: no schedule may end in a failed assertion, an exception or a deadlock.</summary>
    public static void Holds(Action scenario, uint schedules)
    {
        Samples samples = Take(scenario, schedules);
        Assert.That(samples.Bug, Is.Null);
        Assert.That(samples.Schedules, Is.EqualTo(schedules), "the sampling did not finish");
    }

    /// <summary>Runs a broken twin: a schedule must be found that shows the bug.</summary>
    public static void Finds(Action scenario, uint atMost)
    {
        Samples samples = Take(scenario, atMost);
        Assert.That(samples.Bug, Is.Not.Null, $"the planted bug was not found in {samples.Schedules} schedules");
    }

    private static Samples Take(Action scenario, uint schedules)
    {
        // Two ways to choose: any thread at each step, and priorities that change now and then, which reaches what needs a thread to stand still for long.
        Samples free = Take(scenario, Settings(schedules / 2).WithRandomStrategy());
        Samples samples = free.Bug is null ? free.And(Take(scenario, Settings(schedules - (schedules / 2)).WithPrioritizationStrategy(isFair: true, 10))) : free;
        TestContext.Out.WriteLine($"{samples.Schedules} schedules, {samples.Steps} steps{(samples.Bug is null ? "" : ": " + samples.Bug)}");

        // A build that Coyote did not rewrite runs every scenario in one piece, and would pass in silence.
        Assert.That(samples.Steps, Is.Positive, "Coyote controlled nothing: was the assembly rewritten?");
        return samples;
    }

    private static Configuration Settings(uint schedules) => Configuration.Create()
        .WithTestingIterations(schedules)
        .WithRandomGeneratorSeed(Seed)
        .WithMaxSchedulingSteps(StepsOfOneSchedule)
        .WithFailureOnMaxStepsBoundEnabled()
        .WithAtomicOperationRaceCheckingEnabled()
        .WithVolatileOperationRaceCheckingEnabled()
        .WithLockAccessRaceCheckingEnabled()
        .WithSystematicFuzzingFallbackEnabled(false) // What Coyote does not control is an error here, and no reason to guess.
        .WithPartiallyControlledConcurrencyAllowed(false)
        .WithDeadlockTimeout(BusyMachineMs) // Only for what Coyote cannot tell at once: a machine with much else to do is no deadlock.
        .WithVerbosityEnabled(VerbosityLevel.None)
        .WithTelemetryEnabled(false);

    private static Samples Take(Action scenario, Configuration settings)
    {
        using TestingEngine engine = TestingEngine.Create(settings, scenario);
        engine.Run();
        TestReport report = engine.TestReport;
        return new Samples(
            report.NumOfExploredFairPaths + report.NumOfExploredUnfairPaths,
            report.TotalExploredFairSteps + report.TotalExploredUnfairSteps,
            report.BugReports.Concat(report.InternalErrors).FirstOrDefault());
    }

    private sealed record Samples(int Schedules, long Steps, string? Bug)
    {
        public Samples And(Samples more) => new(Schedules + more.Schedules, Steps + more.Steps, Bug ?? more.Bug);
    }
}
