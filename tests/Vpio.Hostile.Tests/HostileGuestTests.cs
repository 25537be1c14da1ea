using Vpio.Hostile.Grounds;
using Vpio.Hostile.Judging;
using Vpio.Hostile.Scoring;

namespace Vpio.Hostile.Tests;

/// <summary>Holds that hostile guests have no effect on others: all attacks, beside neighbours that notice everything.</summary>
[TestFixture]
internal sealed class HostileGuestTests
{
    private const long CallsOfEachAttack = 2_000_000;
    private const long CallsOfAll = 10_000_000;

    [Test]
    public void TenMillionHostileCallsHaveNoEffectOnOthers()
    {
        Score[] scores = [.. Campaign.InProcess.Select((campaign, i) => new Trial(campaign, terms => new ReferenceGround(terms), seed: i, CallsOfEachAttack).Run())];
        ScoreSheet sheet = new(scores);
        TestContext.Out.WriteLine(sheet.ToTable());
        Assert.That(scores.Where(score => score.Effects.Count > 0).Select(score => $"{score.Attack}: {string.Join("; ", score.Effects)}"), Is.Empty);
        Assert.That(sheet.Calls, Is.AtLeast(CallsOfAll));
        Assert.That(scores, Has.All.Matches<Score>(score => score!.NeighbourFrames > 0));
    }
}
