using Vpio.Tool.Accounting;

namespace Vpio.Tool.Tests.Accounting;

internal sealed class JainIndexTests
{
    [Test]
    public void EqualSharesAreFair() => Assert.That(JainIndex.Of([3.0, 3.0, 3.0]), Is.EqualTo(1).Within(1e-12));

    [Test]
    public void OneWhoGotAllOfFourIsAQuarter() => Assert.That(JainIndex.Of([8.0, 0, 0, 0]), Is.EqualTo(0.25).Within(1e-12));

    [Test]
    public void TheExampleOfThePaperHolds() => Assert.That(JainIndex.Of([1.0, 2.0, 3.0]), Is.EqualTo(36.0 / 42.0).Within(1e-12));

    [Test]
    public void NobodyGettingAnythingIsFair()
    {
        Assert.That(JainIndex.Of([]), Is.EqualTo(1));
        Assert.That(JainIndex.Of([0.0, 0.0]), Is.EqualTo(1));
    }
}
