using Vpio.Abi.Processes.Linux;

namespace Vpio.GuestDriver.Tests.Processes;

/// <summary>Holds how long a side of a call slot looks for its turn before it sleeps.</summary>
internal sealed class SpinBudgetTests
{
    private const int Many = 20; // After so many there is no look left, and the first long one has not come.

    private SpinBudget _budget = null!;

    [SetUp]
    public void Begin() => _budget = new SpinBudget();

    [Test]
    public void LooksInVainBecomeShorterUntilThereIsNone()
    {
        List<long> looks = LookInVain(Many);
        Assert.That(looks[0], Is.EqualTo(SpinBudget.LongestTicks));
        Assert.That(looks, Is.Ordered.Descending);
        Assert.That(looks[^1], Is.Zero);
    }

    [Test]
    public void ALookByWhichTheTurnCameRestoresIt()
    {
        LookInVain(Many);
        _budget.EndWithTurn(SpinBudget.AwayTicks);
        Assert.That(_budget.Begin(), Is.EqualTo(SpinBudget.LongestTicks));
    }

    [Test]
    public void WhoeverWasAwayWhenTheTurnCameLearnsNothing()
    {
        LookInVain(Many);
        _budget.EndWithTurn(SpinBudget.AwayTicks + 1);
        Assert.That(_budget.Begin(), Is.Zero, "the other side had this processor, and looking kept it from that");
    }

    [Test]
    public void AmongManyInVainThereIsALongOne()
    {
        List<long> looks = LookInVain(1_024);
        Assert.That(looks.Skip(Many).Count(look => look == SpinBudget.LongestTicks), Is.EqualTo(4), "it would never find out that the other side is awake again");
    }

    private List<long> LookInVain(int times)
    {
        List<long> looks = [];
        for (int i = 0; i < times; i++)
        {
            looks.Add(_budget.Begin());
            _budget.EndInVain();
        }

        return looks;
    }
}
