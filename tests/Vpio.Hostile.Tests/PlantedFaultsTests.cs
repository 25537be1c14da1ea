using Vpio.Hostile.Judging;
using Vpio.Hostile.Scoring;
using Vpio.Hostile.Tests.Faults;
using Vpio.Programs;

namespace Vpio.Hostile.Tests;

/// <summary>Holds that the judge can see: each of its checks is shown a hypervisor that fails it.</summary>
[TestFixture]
internal sealed class PlantedFaultsTests
{
    [OneTimeTearDown]
    public void GiveBack()
    {
        FaultCatalogue.GiveBack();
        MachineFaults.GiveBack();
    }

    [TestCaseSource(typeof(FaultCatalogue), nameof(FaultCatalogue.All))]
    public void AFaultOfTheHypervisorIsOnTheScoreSheet(Fault fault) => AssertFound(fault);

    [TestCaseSource(typeof(FaultCatalogue), nameof(FaultCatalogue.OfPrograms))]
    [Platform(Include = "Linux", Reason = "Only there are guests processes of their own.")]
    public void AFaultWithProcessesIsOnTheScoreSheet(Fault fault) => AssertFound(fault);

    [TestCaseSource(typeof(MachineFaults), nameof(MachineFaults.All))]
    public void AFaultWithMachinesIsOnTheScoreSheet(Fault fault)
    {
        UsableKvm.Demand();
        AssertFound(fault);
    }

    [TestCaseSource(typeof(MachineFaults), nameof(MachineFaults.ByCalls))]
    public void AFaultOfTheHypervisorIsFoundByTheCallsOfAMachine(Fault fault)
    {
        UsableKvm.Demand();
        AssertFound(fault);
    }

    private static void AssertFound(Fault fault)
    {
        Campaign campaign = Campaigns.All.Single(each => each.Name == fault.Campaign);
        Score score = new Trial(campaign, terms => new FaultyGround(terms, fault), seed: 1, fault.Calls) { Patience = fault.Patience }.Run();
        Assert.That(string.Join("\n", score.Effects), Does.Match(fault.Effect));
    }
}
