using Vpio.Coyote.Tests.Control;
using Vpio.Coyote.Tests.Twins;
using Vpio.Hypervisor.Scheduling;

namespace Vpio.Coyote.Tests.Scenarios;

/// <summary>Samples the keeping of deadlines: whoever sets one while others are set, or while it expires, has it happen when its time has come.</summary>
[TestFixture]
internal sealed class DeadlineTests
{
    [Test]
    public void ADeadlineSetWhileItExpiresHappensAgain() => Sampler.Holds(() => SetWhileExpiring(clock => new ShippingDeadlines(clock)), 1_000);

    [Test]
    public void AKeeperThatForgetsAfterwardsLosesIt() => Sampler.Finds(() => SetWhileExpiring(clock => new DeadlinesThatForgetAfterwards(clock)), 1_000);

    [Test]
    public void OfTwoThatAreSetAtOnceTheEarlierRings() => Sampler.Holds(() => SetTwoAtOnce((clock, ring) => new ProviderAlarm(clock, ring)), 1_000);

    [Test]
    public void AnAlarmThatSetsItsTimerOnceLosesTheEarlier() => Sampler.Finds(() => SetTwoAtOnce((clock, ring) => new AlarmThatSetsItsTimerOnce(clock, ring)), 1_000);

    private static void SetWhileExpiring(Func<Clock, IDeadlines> make)
    {
        StillTime time = new();
        Clock clock = new(time);
        using IDeadlines deadlines = make(clock);
        Counted deadline = new(clock);
        deadlines.Set(deadline, clock.NowNs + 1_000);
        long second = 0;
        Threads.Run(
            () => time.Advance(TimeSpan.FromMicroseconds(1)),
            () =>
            {
                second = clock.NowNs + 5_000;
                deadlines.Set(deadline, second);
            });
        time.Advance(TimeSpan.FromMicroseconds(10));
        Claim.That(deadline.LastNs >= second, "the deadline that was set last never came");
    }

    private static void SetTwoAtOnce(Func<Clock, Action, IAlarm> make)
    {
        StillTime time = new();
        Clock clock = new(time);
        int rings = 0;
        using IAlarm alarm = make(clock, () => rings++);
        long nowNs = clock.NowNs;
        Threads.Run(
            () => alarm.Set(nowNs + 1_000),
            () => alarm.Set(nowNs + 900_000));
        time.Advance(TimeSpan.FromMicroseconds(1));
        Claim.That(rings > 0, "the later time won");
    }

    private sealed class Counted(Clock clock) : Deadline
    {
        public long LastNs { get; private set; }

        internal override void Expired() => LastNs = clock.NowNs;
    }
}
