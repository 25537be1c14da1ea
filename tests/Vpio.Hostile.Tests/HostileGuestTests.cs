using Vpio.Hostile.Grounds;
using Vpio.Hostile.Judging;
using Vpio.Hostile.Scoring;
using Vpio.Programs;

namespace Vpio.Hostile.Tests;

/// <summary>Holds that hostile guests have no effect on others: all attacks, beside neighbours that notice everything.</summary>
[TestFixture]
internal sealed class HostileGuestTests
{
    private const long CallsOfEachAttack = 1_400_000;
    private const long CallsOfEachFromMachines = 800; // Each is an exit, and waits for its processor to be let run.
    private const long CallsOfAll = 10_000_000;

    [Test]
    public void TenMillionHostileCallsHaveNoEffectOnOthers()
    {
        ScoreSheet sheet = Attack(Campaigns.InProcess);
        Assert.That(sheet.Calls, Is.AtLeast(CallsOfAll));
    }

    [Test]
    [Platform(Include = "Linux", Reason = "Only there are guests processes of their own.")]
    public void HostileProcessesHaveNoEffectOnOthersWhateverTheyDoAndHoweverTheyEnd() => Attack(Campaigns.Processes);

    [Test]
    public void HostileMachinesHaveNoEffectOnOthersWhateverTheyRunAndWhereverTheyAreEnded()
    {
        UsableKvm.Demand();
        Attack(Campaigns.Machines);
    }

    [Test]
    public void AttacksByCallsHaveNoEffectOnOthersWhereMachinesMakeTheCalls()
    {
        UsableKvm.Demand();
        Attack(Campaigns.Agents, CallsOfEachFromMachines);
    }

    private static ScoreSheet Attack(IReadOnlyList<Campaign> campaigns, long calls = CallsOfEachAttack)
    {
        Score[] scores = [.. campaigns.Select((campaign, i) => new Trial(campaign, terms => new ReferenceGround(terms), seed: i, calls).Run())];
        ScoreSheet sheet = new(scores);
        TestContext.Out.WriteLine(sheet.ToTable());
        Assert.That(scores.Where(score => score.Effects.Count > 0).Select(score => $"{score.Attack}: {string.Join("; ", score.Effects)}"), Is.Empty);
        Assert.That(scores, Has.All.Matches<Score>(score => score!.NeighbourFrames > 0 && score.Calls + score.Touches > 0));
        return sheet;
    }
}
