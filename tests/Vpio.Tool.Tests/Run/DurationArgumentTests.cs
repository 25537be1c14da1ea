using Vpio.Tool.Run;

namespace Vpio.Tool.Tests.Run;

internal sealed class DurationArgumentTests
{
    [TestCase("100us", 0.1)]
    [TestCase("5ms", 5)]
    [TestCase("2s", 2000)]
    [TestCase("1.5s", 1500)]
    [TestCase("1m", 60_000)]
    [TestCase(".5ms", 0.5)]
    public void ANumberWithItsUnitIsATime(string text, double milliseconds)
    {
        Assert.That(DurationArgument.TryParse(text, out TimeSpan time), Is.True);
        Assert.That(time.TotalMilliseconds, Is.EqualTo(milliseconds));
    }

    [TestCase("5")]
    [TestCase("")]
    [TestCase("ms")]
    [TestCase("-5ms")]
    [TestCase("5 ms")]
    [TestCase("5MS")]
    [TestCase("5h")]
    [TestCase("1e3s")]
    [TestCase("0x5s")]
    [TestCase("1,5s")]
    [TestCase("99999999999999999999s")]
    [TestCase("99999999999999999999999999999999999s")]
    public void AnythingElseIsNone(string text) => Assert.That(DurationArgument.TryParse(text, out _), Is.False);

    [TestCase("100us")]
    [TestCase("5ms")]
    [TestCase("2.5s")]
    public void WhatIsWrittenReadsAsItWas(string text)
    {
        Assert.That(DurationArgument.TryParse(text, out TimeSpan time), Is.True);
        Assert.That(DurationArgument.Format(time), Is.EqualTo(text));
    }
}
