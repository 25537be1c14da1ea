using Vpio.Abi;
using Vpio.Hostile.Attacks;

namespace Vpio.Hostile.Tests;

/// <summary>Holds what is counted of an attack.</summary>
[TestFixture]
internal sealed class TallyTests
{
    [Test]
    public void EachResultOfTheAbiIsCountedUnderItsName()
    {
        Tally tally = new();
        foreach (DeviceStatus status in Enum.GetValues<DeviceStatus>())
            tally.Book(0, (long)status);
        Assert.That(tally.Answers, Is.EquivalentTo(Enum.GetValues<DeviceStatus>().Select(status => (status, 1L))));
        Assert.That(tally.Breach, Is.Null);
    }

    [TestCase(-5)]
    [TestCase(2)]
    [TestCase(-200)]
    [TestCase(1L << 32)]
    [TestCase(long.MinValue)]
    public void AnyOtherResultIsABreach(long result)
    {
        Tally tally = new();
        tally.Book(3, result);
        Assert.That(tally.Breach, Does.Contain($"answered {result}"));
        Assert.That(tally.Calls, Is.EqualTo(1));
    }

    [Test]
    public void ATallyThatWasWrittenDownIsReadAsItWas([Values] bool broken)
    {
        Tally tally = new();
        tally.Book(2, (long)DeviceStatus.Busy);
        tally.Book(2, (long)DeviceStatus.Queued);
        tally.Touch();
        if (broken)
            tally.Break("it threw");
        long[] numbers = new long[Tally.Numbers];
        tally.WriteTo(numbers);

        Tally read = Tally.ReadFrom(numbers);
        Assert.That(read.Answers, Is.EquivalentTo(tally.Answers));
        Assert.That((read.Calls, read.Touches, read.Breach is not null), Is.EqualTo((2, 1, broken)));
    }

    [Test]
    public void ABudgetLastsUntilItMayEnd()
    {
        CallBudget budget = new(calls: 128);
        for (int i = 0; i < 1000; i++)
            Assert.That(budget.Take(), Is.Positive);
        Assert.That(budget.IsUsedUp, Is.False);
        budget.MayEnd();
        Assert.That((budget.IsUsedUp, budget.Take()), Is.EqualTo((true, 0)));
    }
}
