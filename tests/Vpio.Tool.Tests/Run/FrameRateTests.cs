using Vpio.Tool.Run;

namespace Vpio.Tool.Tests.Run;

internal sealed class FrameRateTests
{
    [Test]
    public void ARateAllowsTheFirstFrameAtOnceAndTheRestInTime()
    {
        var rate = new FrameRate(1000);
        Assert.That(rate.DueAfter(TimeSpan.Zero), Is.EqualTo(1));
        Assert.That(rate.DueAfter(TimeSpan.FromSeconds(2)), Is.EqualTo(2001));
    }

    [Test]
    public void NoLimitAllowsEverything() => Assert.That(FrameRate.Max.DueAfter(TimeSpan.Zero), Is.EqualTo(long.MaxValue));
}
