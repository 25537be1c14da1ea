using Vpio.Hostile.Judging;
using Vpio.Hostile.Scoring;
using Vpio.Hostile.Tests.Faults;

namespace Vpio.Hostile.Tests;

/// <summary>Holds that the judge can see: each of its checks is shown a hypervisor that fails it.</summary>
[TestFixture]
internal sealed class PlantedFaultsTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    [TestCaseSource(typeof(FaultCatalogue), nameof(FaultCatalogue.All))]
    public void AFaultOfTheHypervisorIsOnTheScoreSheet(Fault fault)
    {
        Campaign campaign = Campaign.InProcess.Single(each => each.Name == fault.Campaign);
        Score score = new Trial(campaign, terms => new FaultyGround(terms, fault), seed: 1, fault.Calls) { Patience = Patience }.Run();
        Assert.That(string.Join("\n", score.Effects), Does.Match(fault.Effect));
    }
}
