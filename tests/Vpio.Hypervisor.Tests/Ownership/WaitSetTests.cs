using Vpio.Abi;
using Vpio.Hypervisor.Ownership;

namespace Vpio.Hypervisor.Tests.Ownership;

/// <summary>Holds the wait set against a model that is too simple to be wrong (docs/ownership.md, rule 4).</summary>
[TestFixture]
internal sealed class WaitSetTests
{
    private static readonly int[] WordBorders = [1, 2, 63, 64, 65, 127, 128, 129, 1023, 1024];

    [Test]
    public void TheSetDoesWhatAListOfGuestsWould([ValueSource(nameof(WordBorders))] int guests)
    {
        Random random = new(guests);
        WaitSet<HardwareMemory> set = Admitting(guests);
        SortedSet<int> model = [];
        for (int step = 0; step < 5_000; step++)
        {
            int guest = random.Next(1, guests + 1);
            if (random.Next(2) == 0)
                Assert.That(set.Add(Id(guest)), Is.EqualTo(model.Add(guest)));
            else
                Assert.That(set.TryClaim(Id(guest)), Is.EqualTo(model.Remove(guest)));
            AssertSame(set, model, random.Next(1, guests + 1));
        }
    }

    [Test]
    public void TheScanGoesRoundFromAnyGuestToAnyOther([ValueSource(nameof(WordBorders))] int guests)
    {
        WaitSet<HardwareMemory> set = Admitting(guests);
        foreach (int waiting in WordBorders.Where(guest => guest <= guests))
        {
            set.Add(Id(waiting));
            for (int last = 0; last <= guests; last++)
            {
                Assert.That(set.TryFindAfter(last == 0 ? DomainId.Invalid : Id(last), out DomainId next));
                Assert.That(next, Is.EqualTo(Id(waiting)), $"after {last}");
            }

            set.TryClaim(Id(waiting));
        }
    }

    [Test]
    public void GuestsThatWaitWithoutPauseGetTheirTurnsInCyclicOrder()
    {
        WaitSet<HardwareMemory> set = Admitting(130);
        for (int guest = 1; guest <= 130; guest++)
            set.Add(Id(guest));
        DomainId last = DomainId.Invalid;
        for (int turn = 0; turn < 400; turn++)
        {
            Assert.That(set.TryFindAfter(last, out last));
            Assert.That(last.Value, Is.EqualTo((turn % 130) + 1));
            Assert.That(set.TryClaim(last));
            set.Add(last);
        }
    }

    [Test]
    public void ASetThatNobodyWasAdmittedToIsEmpty()
    {
        WaitSet<HardwareMemory> set = new();
        Assert.That(set.Any() || set.AnyBesides(Id(1)) || set.TryFindAfter(DomainId.Invalid, out _) || set.TryFindAfter(Id(64), out _), Is.False);
        Assert.That(set.Count(), Is.Zero);
    }

    [Test]
    public void AGuestIsNotTakenForOneThatHasTheSameBitOfAnotherWord()
    {
        WaitSet<HardwareMemory> set = Admitting(130);
        set.Add(Id(66));
        Assert.That(set.AnyBesides(Id(2)));
        Assert.That(set.AnyBesides(Id(130)));
        Assert.That(set.AnyBesides(Id(66)), Is.False);
    }

    [Test]
    public void AGuestAdmittedLaterDoesNotHideTheEarlierOnes()
    {
        WaitSet<HardwareMemory> set = new();
        set.Admit(Id(1024));
        set.Admit(Id(1));
        set.Add(Id(1024));
        Assert.That(set.TryFindAfter(Id(1), out DomainId next));
        Assert.That(next, Is.EqualTo(Id(1024)));
    }

    [Test]
    public void OfTwoGuestsAdmittedAtOnceBothFindRoom()
    {
        WaitSet<OvertakenMemory> set = new();
        OvertakenMemory.BeforeExchange(() => set.Admit(Id(65)));
        set.Admit(Id(1024));
        set.Add(Id(1024));
        Assert.That(set.Any());
        Assert.That(set.TryFindAfter(DomainId.Invalid, out DomainId next));
        Assert.That(next, Is.EqualTo(Id(1024)));
    }

    private static void AssertSame(WaitSet<HardwareMemory> set, SortedSet<int> model, int guest)
    {
        Assert.That(set.Contains(Id(guest)), Is.EqualTo(model.Contains(guest)));
        Assert.That(set.Count(), Is.EqualTo(model.Count));
        Assert.That(set.Any(), Is.EqualTo(model.Count > 0));
        Assert.That(set.AnyBesides(Id(guest)), Is.EqualTo(model.Count > (model.Contains(guest) ? 1 : 0)));

        int expected = model.Where(other => other > guest).Append(0).First();
        if (expected == 0)
            expected = model.FirstOrDefault();
        Assert.That(set.TryFindAfter(Id(guest), out DomainId next), Is.EqualTo(expected != 0));
        Assert.That(next, Is.EqualTo(expected == 0 ? DomainId.Invalid : Id(expected)), $"after {guest}");
    }

    private static WaitSet<HardwareMemory> Admitting(int guests)
    {
        WaitSet<HardwareMemory> set = new();
        for (int guest = 1; guest <= guests; guest++)
            set.Admit(Id(guest));
        return set;
    }

    private static DomainId Id(int guest) => new((ushort)guest);
}
