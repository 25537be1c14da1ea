using Vpio.Abi;
using Vpio.Hypervisor.Ownership;
using Vpio.Simulation.Checking;
using Vpio.Simulation.Hosting;
using Vpio.Simulation.Load;

namespace Vpio.Simulation.Tests;

/// <summary>Breaks the running hypervisor in the middle of a simulation: what the checker is for must not escape it.</summary>
internal sealed class PlantTests
{
    private const long BreaksAtNs = 500_000_000;

    private static readonly (int Guests, Invariant[] Broken, string How, Func<SimulationRun, bool> Plant)[] Plants =
    [
        (5, [Invariant.WaitersAgree, Invariant.BoundedHandOver], "waiters' bits are lost", run => Waiter(run) is { } waiter && Ownership(run).Waiting.TryClaim(waiter)),
        (5, [Invariant.OneOwner], "the word is given to another guest", run => Rewrite(run, word => new StateWord(DeviceState.Owned, Other(word), word.Generation))),
        (5, [Invariant.OneOwner], "a generation is used again", run => Rewrite(run, word => new StateWord(word.State, word.Owner, new Generation(word.Generation.Value - 1)))),
        (5, [Invariant.OneEnd], "a revocation is taken back", run => Word(run).State == DeviceState.Revoking && Rewrite(run, word => word.With(DeviceState.Owned))),
        (5, [Invariant.BoundedHandOver], "a slice lasts longer than was agreed", run => Quietly(() => Device(run).Slot.Slice = TimeSpan.FromMilliseconds(12))),
        (5, [Invariant.BoundedHandOver], "a guest has more weight than it was given", run => Quietly(() => Device(run).Slot.SetWeight(run.Host.Guests[2].Domain, 2))),
        (5, [Invariant.BoundedBypass], "one guest is granted before all others", run => Quietly(() => Ownership(run).Prefer(new DomainId(3)))),
        (1, [Invariant.WorkConserving], "an owner is asked to stop while nobody waits", run => Waiter(run) is null && Rewrite(run, word => word.With(DeviceState.Revoking))),
    ];

    private static IEnumerable<TestCaseData> Cases => Plants.Select(each => new TestCaseData(each.Guests, each.Broken, each.Plant).SetArgDisplayNames(each.How));

    private static SimulationOptions World => new()
    {
        Guests = 5,
        Duration = TimeSpan.FromSeconds(2),
        Load = new PoissonLoad(meanGapNs: 40_000_000, meanServiceNs: 10_000_000),
    };

    [TestCaseSource(nameof(Cases))]
    public void APlantedBugOfTheHypervisorIsCaught(int guests, object broken, object plant)
    {
        using SimulationRun run = new(World with { Guests = guests });
        bool planted = false;
        while (run.Step())
        {
            if (run.Time.NowNs > BreaksAtNs)
                planted |= ((Func<SimulationRun, bool>)plant)(run);
        }

        Assert.That(planted, Is.True, "There was no occasion for it.");
        Assert.That((Invariant[])broken, Does.Contain(run.Checker.Violation?.Invariant), run.Checker.Violation?.ToString());
        Assert.That(run.Checker.Violation!.AtNs, Is.LessThan(2 * BreaksAtNs), "It was found late.");
    }

    [Test]
    public void WithoutAPlantTheSameRunIsSound()
    {
        using SimulationRun run = new(World);
        Assert.That(run.Run(), Is.Null);
    }

    private static SimulatedDevice Device(SimulationRun run) => run.Host.Devices[0]!;

    private static DeviceOwnership<HardwareMemory, Vpio.Hypervisor.DeviceEffects> Ownership(SimulationRun run) => Device(run).Slot.Ownership;

    private static StateWord Word(SimulationRun run) => Device(run).Word;

    private static DomainId? Waiter(SimulationRun run) => Ownership(run).Waiting.TryFindAfter(DomainId.Invalid, out DomainId waiter) ? waiter : null;

    private static DomainId Other(StateWord word) => new((ushort)(1 + (word.Owner.Value % 5)));

    private static bool Rewrite(SimulationRun run, Func<StateWord, StateWord> change)
    {
        if (!Word(run).IsHeld)
            return false;
        Device(run).Slot.Slot.State = change(Word(run)).Value;
        Device(run).IsTouched = true;
        return true;
    }

    private static bool Quietly(Action change)
    {
        change();
        return true;
    }
}
