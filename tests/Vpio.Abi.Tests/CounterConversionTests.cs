namespace Vpio.Abi.Tests;

/// <summary>Holds the conversion of a counter into the hypervisor's clock (docs/abi.md, "The hypervisor's clock").</summary>
internal sealed class CounterConversionTests
{
    private static readonly long[] Frequencies =
        [1, 3, 1_000, 32_768, 3_579_545, 10_000_000, 19_200_000, 24_000_000, 999_999_999, 1_000_000_000, 1_000_000_001, 2_000_000_000, 2_893_437_123, 5_000_000_000];

    private static readonly ulong[] Ticks = [0, 1, 2, 999, uint.MaxValue, 1UL << 32, (1UL << 32) + 1, 1UL << 53, (1UL << 63) - 1, 1UL << 63, ulong.MaxValue];

    [Test]
    public void TheProductIsNotCut(
        [ValueSource(nameof(Ticks))] ulong ticks, [Values(1U, 100U, 0x8000_0001U, uint.MaxValue)] uint multiplier, [Values(0U, 1U, 26U, 31U, 32U)] uint shift)
    {
        CounterConversion conversion = new(0xFFFF_FFFF_0000_0000, 77, multiplier, shift);
        ulong whole = unchecked((ulong)((UInt128)ticks * multiplier >> (int)shift) + 77);
        Assert.That(conversion.ToNs(unchecked(0xFFFF_FFFF_0000_0000 + ticks)), Is.EqualTo(whole));
    }

    [Test]
    public void ATickOfWholeNanosecondsIsExact([Values(1L, 1_000L, 10_000_000L, 1_000_000_000L)] long frequency)
    {
        CounterConversion conversion = CounterConversion.FromFrequency(5, frequency);
        Assert.That((conversion.Shift, conversion.Multiplier), Is.EqualTo((0U, (uint)(1_000_000_000 / frequency))));
        Assert.That(conversion.ToNs(5 + 123_456), Is.EqualTo(123_456UL * (ulong)(1_000_000_000 / frequency)));
    }

    [Test]
    public void AnotherTickIsOffByAtMostOnePartInTwiceTheMultiplier([ValueSource(nameof(Frequencies))] long frequency)
    {
        CounterConversion conversion = CounterConversion.FromFrequency(0, frequency);
        foreach (ulong seconds in (ulong[])[1, 60, 86_400, 365 * 86_400])
        {
            ulong trueNs = seconds * 1_000_000_000;
            ulong ns = conversion.ToNs(seconds * (ulong)frequency);
            ulong bound = 1 + (conversion.Shift == 0 ? 0 : trueNs / (2UL * conversion.Multiplier));
            Assert.That(ns, Is.InRange(trueNs - bound, trueNs + bound), $"after {seconds} s");
        }
    }

    [Test]
    public void UpToTwoGigahertzThatIsBelowAThirdOfANanosecondASecond([ValueSource(nameof(Frequencies))] long frequency)
    {
        CounterConversion conversion = CounterConversion.FromFrequency(0, frequency);
        if (conversion.Shift != 0 && frequency <= 2_000_000_000)
            Assert.That(conversion.Multiplier, Is.GreaterThanOrEqualTo(1U << 31));
    }

    [TestCase(0U, 0U, ExpectedResult = false)]
    [TestCase(1U, 0U, ExpectedResult = true)]
    [TestCase(1U, 32U, ExpectedResult = true)]
    [TestCase(1U, 33U, ExpectedResult = false)]
    [TestCase(uint.MaxValue, uint.MaxValue, ExpectedResult = false)]
    public bool AZeroMultiplierOrALongerShiftIsNoConversion(uint multiplier, uint shift) => new CounterConversion(0, 0, multiplier, shift).IsAvailable;

    [Test]
    public void ItIsWrittenIntoAPageAndReadBack()
    {
        GuestPage page = default;
        new CounterConversion(1, 2, 3, 4).WriteTo(ref page);
        CounterConversion read = CounterConversion.FromPage(in page);
        Assert.That((read.CounterBase, read.NsBase, read.Multiplier, read.Shift), Is.EqualTo((1UL, 2UL, 3U, 4U)));
    }

    [Test]
    public void ACounterThatDoesNotTickIsRefused() =>
        Assert.That(() => CounterConversion.FromFrequency(0, 0), Throws.TypeOf<ArgumentOutOfRangeException>());
}
