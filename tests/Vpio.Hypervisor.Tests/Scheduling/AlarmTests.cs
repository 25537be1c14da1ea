using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;
using Vpio.Hypervisor.Scheduling;

namespace Vpio.Hypervisor.Tests.Scheduling;

/// <summary>Holds both alarms to what an alarm is: it rings by the earliest time it was set to. In real time nothing is said of how late.</summary>
[TestFixture]
internal sealed class AlarmTests
{
    private const long Millisecond = 1_000_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Test]
    public void TheThreadsAlarmRingsAndNeverEarly()
    {
        Clock clock = new(TimeProvider.System);
        using BlockingCollection<long> rings = [];
        using ThreadAlarm alarm = new(clock, () => rings.Add(clock.NowNs));
        Random random = new(1);
        for (int i = 0; i < 100; i++)
        {
            long dueNs = clock.NowNs + random.NextInt64(-1_000, 3 * Millisecond);
            alarm.Set(dueNs);
            Assert.That(rings.TryTake(out long rungNs, Patience), $"ring {i} never came");
            Assert.That(rungNs, Is.GreaterThanOrEqualTo(dueNs));
        }

        Assert.That(rings, Is.Empty);
    }

    [Test]
    public void TheThreadsAlarmIsMovedToAnEarlierTimeButNotToALater()
    {
        Clock clock = new(TimeProvider.System);
        using BlockingCollection<long> rings = [];
        using ThreadAlarm alarm = new(clock, () => rings.Add(clock.NowNs));
        alarm.Set(clock.NowNs + (3_600_000 * Millisecond));
        alarm.Set(clock.NowNs + (2 * Millisecond));
        alarm.Set(clock.NowNs + (3_600_000 * Millisecond));
        alarm.Set(long.MaxValue);
        Assert.That(rings.TryTake(out _, Patience), "it waits for the later time");
    }

    [Test]
    public void WhatIsSetBetweenTheLastLookAndTheSleepIsNotSleptThrough()
    {
        OvertakenClock time = new();
        Clock clock = new(time);
        using ManualResetEventSlim made = new();
        using ManualResetEventSlim rang = new();
        ThreadAlarm alarm = null!;
        time.Overtake = () =>
        {
            // The thread has looked at the time that is set, and found none.
            made.Wait();
            alarm.Set(clock.NowNs);
        };
        alarm = new ThreadAlarm(clock, rang.Set);
        made.Set();
        Assert.That(rang.Wait(Patience), "it sleeps until it is set again");
        alarm.Dispose();
    }

    [Test]
    public void TheThreadsAlarmEndsWhetherItIsSetOrNot([Values] bool set)
    {
        Clock clock = new(TimeProvider.System);
        ThreadAlarm alarm = new(clock, () => Assert.Fail("an hour has not passed"));
        if (set)
            alarm.Set(clock.NowNs + (3_600_000 * Millisecond));
        Assert.That(Task.Run(alarm.Dispose).Wait(Patience));
    }

    [Test]
    public void TheThreadsAlarmCanBeEndedByItsOwnRing()
    {
        Clock clock = new(TimeProvider.System);
        using ManualResetEventSlim ended = new();
        ThreadAlarm alarm = null!;
        alarm = new ThreadAlarm(clock, () =>
        {
            alarm.Dispose();
            ended.Set();
        });
        alarm.Set(clock.NowNs + Millisecond);
        Assert.That(ended.Wait(Patience));
    }

    [Test]
    public void TheProvidersAlarmKeepsTheEarliestTimeItWasSetTo()
    {
        FakeTimeProvider time = new();
        Clock clock = new(time);
        int rings = 0;
        using ProviderAlarm alarm = new(clock, () => rings++);
        alarm.Set(clock.NowNs + (10 * Millisecond));
        alarm.Set(clock.NowNs + (20 * Millisecond));
        time.Advance(TimeSpan.FromMilliseconds(10));
        Assert.That(rings, Is.EqualTo(1), "two threads that set it at once come in any order: the later time must not win");
    }

    [Test]
    public void TheProvidersAlarmIsMovedToAnEarlierTime()
    {
        FakeTimeProvider time = new();
        Clock clock = new(time);
        int rings = 0;
        using ProviderAlarm alarm = new(clock, () => rings++);
        alarm.Set(clock.NowNs + (20 * Millisecond));
        alarm.Set(clock.NowNs + (10 * Millisecond));
        time.Advance(TimeSpan.FromMilliseconds(10) - TimeSpan.FromTicks(1));
        Assert.That(rings, Is.Zero);
        time.Advance(TimeSpan.FromTicks(1));
        Assert.That(rings, Is.EqualTo(1));
        alarm.Set(clock.NowNs + (20 * Millisecond));
        time.Advance(TimeSpan.FromMilliseconds(20));
        Assert.That(rings, Is.EqualTo(2), "after a ring it can be set to any time");
    }

    [Test]
    public void ATimerSetToTheLaterOfTwoTimesIsSetAgainToTheEarlier()
    {
        OvertakenTime time = new();
        Clock clock = new(time);
        int rings = 0;
        using ProviderAlarm alarm = new(clock, () => rings++);
        time.Overtake = () => alarm.Set(clock.NowNs + (10 * Millisecond));
        alarm.Set(clock.NowNs + (20 * Millisecond));
        time.Advance(TimeSpan.FromMilliseconds(10));
        Assert.That(rings, Is.EqualTo(1), "the later time was the last that reached the timer");
    }

    [Test]
    public void TheProvidersAlarmTakesATimeThatNoTimerCanWaitFor()
    {
        FakeTimeProvider time = new();
        Clock clock = new(time);
        using ProviderAlarm alarm = new(clock, () => { });
        Assert.That(() => alarm.Set(long.MaxValue - 1), Throws.Nothing);
    }

    /// <summary>Lets something happen once when a timer's thread reads the clock.</summary>
    private sealed class OvertakenClock : TimeProvider
    {
        private Action? _overtake;

        public Action Overtake
        {
            set => Volatile.Write(ref _overtake, value);
        }

        public override long GetTimestamp()
        {
            if (Thread.CurrentThread.Name == "vpio timer")
                Interlocked.Exchange(ref _overtake, null)?.Invoke();
            return base.GetTimestamp();
        }
    }

    /// <summary>Lets something happen once between the decision to set a timer and its being set.</summary>
    private sealed class OvertakenTime : FakeTimeProvider
    {
        public Action? Overtake { get; set; }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            new OvertakenTimer(this, base.CreateTimer(callback, state, dueTime, period));

        private sealed class OvertakenTimer(OvertakenTime time, ITimer timer) : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period)
            {
                Action? overtake = time.Overtake;
                time.Overtake = null;
                overtake?.Invoke();
                return timer.Change(dueTime, period);
            }

            public void Dispose() => timer.Dispose();

            public ValueTask DisposeAsync() => timer.DisposeAsync();
        }
    }
}
