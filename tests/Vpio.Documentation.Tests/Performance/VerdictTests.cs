using Vpio.Benchmarks.Reporting;

namespace Vpio.Documentation.Tests.Performance;

/// <summary>Holds when the page of figures says that an aim is met, missed, or open.</summary>
[TestFixture]
internal sealed class VerdictTests
{
    private static readonly double[] OneBadRoundOfNine = [9, 1, 1, 1, 1, 1, 1, 1, 1];
    private static readonly double[] TwoBadRoundsOfNine = [9, 9, 1, 1, 1, 1, 1, 1, 1];

    [Test]
    public void AFigureAloneDecidesNothing() =>
        Assert.That(Aim.AtMost(5).Judge(new Spread([1])), Is.EqualTo("at most 5: open, met by the median"));

    [Test]
    public void OneOfNineRoundsMayBeBad() =>
        Assert.That(Aim.AtMost(5).Judge(new Spread(OneBadRoundOfNine)), Is.EqualTo("at most 5: met"));

    [Test]
    public void TwoOfNineMayNot() =>
        Assert.That(Aim.AtMost(5).Judge(new Spread(TwoBadRoundsOfNine)), Is.EqualTo("at most 5: open, met by the median"));

    [Test]
    public void WhatIsBeyondTheBoundIsMissed() =>
        Assert.That(Aim.AtLeast(9.5).Judge(new Spread(TwoBadRoundsOfNine)), Is.EqualTo("at least 9.5: **missed**"));

    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    public void ARoundThatMeasuredNothingLeavesTheAimOpen(double figure) =>
        Assert.That(Aim.AtLeast(1).Judge(new Spread([figure, 2, 2, 2, 2, 2, 2, 2, 2])), Does.Contain(": open, "));

    [TestCase(4, null)]
    [TestCase(5, 1)]
    [TestCase(9, 2)]
    [TestCase(75, 30)]
    public void TheMedianLiesBetweenTwoOfTheRounds(int rounds, int? place)
    {
        (double Low, double High)? interval = new Spread([.. Enumerable.Range(1, rounds).Select(round => (double)round)]).Interval;
        Assert.That(interval?.Low, Is.EqualTo((double?)place));
        Assert.That(interval?.High, Is.EqualTo(place is null ? null : (double?)(rounds + 1 - place)));
    }
}
