using Microsoft.Extensions.Time.Testing;
using Vpio.Hypervisor.Scheduling;

namespace Vpio.Hypervisor.Tests.Scheduling;

/// <summary>Holds the queue of deadlines against a sorted list, on virtual time.</summary>
[TestFixture]
internal sealed class DeadlineQueueTests
{
    private const int Deadlines = 50;
    private const int Steps = 10_000;

    private readonly FakeTimeProvider _time = new();
    private readonly List<Recorded> _expired = [];
    private Clock _clock = null!;
    private DeadlineQueue _queue = null!;

    [SetUp]
    public void StartQueue()
    {
        _expired.Clear();
        _clock = new Clock(_time);
        _queue = new DeadlineQueue(_clock, callback => new ProviderAlarm(_clock, callback));
    }

    [TearDown]
    public void EndQueue() => _queue.Dispose();

    [Test]
    public void TheQueueExpiresWhatASortedListWould([Values(1, 2, 3)] int seed)
    {
        Random random = new(seed);
        Recorded[] deadlines = [.. Enumerable.Range(0, Deadlines).Select(_ => new Recorded(_expired))];
        Dictionary<Recorded, long> model = [];
        for (int step = 0; step < Steps; step++)
        {
            Recorded deadline = deadlines[random.Next(Deadlines)];
            switch (random.Next(4))
            {
                case 0 or 1:
                    // Some are due at once or the same moment as others; 1 ns steps lie between two ticks of the clock.
                    long dueNs = _clock.NowNs + (random.Next(10) == 0 ? -random.Next(100) : random.Next(1, 100_000));
                    model[deadline] = dueNs;
                    _queue.Set(deadline, dueNs);
                    break;
                case 2:
                    _queue.Clear(deadline);
                    model.Remove(deadline);
                    break;
                default:
                    _time.Advance(TimeSpan.FromTicks(random.Next(1, 100)));
                    break;
            }

            AssertExpired(model);
        }

        _time.Advance(TimeSpan.FromSeconds(1));
        AssertExpired(model);
        Assert.That(model, Is.Empty);
    }

    [Test]
    public void ADeadlineIsNeitherEarlyNorLate()
    {
        Recorded deadline = new(_expired);
        _queue.Set(deadline, _clock.NowNs + 1_000_000);
        _time.Advance(TimeSpan.FromTicks(9_999));
        Assert.That(_expired, Is.Empty);
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.That(_expired, Is.EqualTo(new[] { deadline }));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.That(_expired, Has.Count.EqualTo(1), "once is enough");
    }

    [Test]
    public void ADeadlineMovedLaterOnlyHappensThen()
    {
        Recorded deadline = new(_expired);
        _queue.Set(deadline, _clock.NowNs + 1_000);
        _queue.Set(deadline, _clock.NowNs + 2_000);
        _time.Advance(TimeSpan.FromTicks(10));
        Assert.That(_expired, Is.Empty);
        _time.Advance(TimeSpan.FromTicks(10));
        Assert.That(_expired, Has.Count.EqualTo(1));
    }

    [Test]
    public void ADeadlineThatSetsItselfAgainHappensAgain()
    {
        Recorded deadline = new(_expired);
        deadline.OnExpired = () => _queue.Set(deadline, _clock.NowNs + 1_000);
        _queue.Set(deadline, _clock.NowNs + 1_000);
        for (int turn = 1; turn <= 100; turn++)
        {
            _time.Advance(TimeSpan.FromTicks(10));
            Assert.That(_expired, Has.Count.EqualTo(turn));
        }
    }

    [Test]
    public void ADeadlineClearedByOneThatExpiresWithItDoesNotHappen()
    {
        Recorded second = new(_expired);
        Recorded first = new(_expired) { OnExpired = () => _queue.Clear(second) };
        _queue.Set(second, _clock.NowNs + 2_000);
        _queue.Set(first, _clock.NowNs + 1_000);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.That(_expired, Is.EqualTo(new[] { first }));
    }

    [Test]
    public void ADeadlineFartherOffThanAnyTimerCanBeDoesNoHarm()
    {
        Recorded deadline = new(_expired);
        Assert.That(() => _queue.Set(deadline, long.MaxValue), Throws.Nothing);
        _queue.Set(new Recorded(_expired), _clock.NowNs + 1_000_000);
        _time.Advance(TimeSpan.FromDays(400));
        Assert.That(_expired, Has.Count.EqualTo(1).And.None.EqualTo(deadline));
    }

    [Test]
    public void ClearingWhatIsNotSetDoesNothing()
    {
        _queue.Clear(new Recorded(_expired));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.That(_expired, Is.Empty);
    }

    private void AssertExpired(Dictionary<Recorded, long> model)
    {
        long nowNs = _clock.NowNs;
        Recorded[] due = [.. model.Where(entry => entry.Value <= nowNs).Select(entry => entry.Key)];
        Assert.That(_expired, Is.EquivalentTo(due));
        Assert.That(_expired.Select(deadline => model[deadline]), Is.Ordered);
        foreach (Recorded deadline in due)
            model.Remove(deadline);
        _expired.Clear();
    }

    private sealed class Recorded(List<Recorded> expired) : Deadline
    {
        public Action? OnExpired { get; set; }

        internal override void Expired()
        {
            expired.Add(this);
            OnExpired?.Invoke();
        }
    }
}
