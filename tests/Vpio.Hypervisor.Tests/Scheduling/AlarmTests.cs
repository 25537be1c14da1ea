using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;
using Vpio.Hypervisor.Scheduling;

namespace Vpio.Hypervisor.Tests.Scheduling;

/// <summary>Holds both alarms to what an alarm is: it rings by the earliest time it was set to, or earlier. In real time nothing is said of how late.</summary>
[TestFixture]
internal sealed class AlarmTests
{
    private const long Millisecond = 1_000_000;
    private const long Hour = 3_600_000 * Millisecond;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Test]
    public void WhatTheThreadsAlarmIsSetToComesAndNeverEarly()
    {
        using Appointment appointment = new();
        Random random = new(1);
        for (int i = 0; i < 100; i++)
        {
            long dueNs = appointment.Make(random.NextInt64(-1_000, 3 * Millisecond));
            Assert.That(appointment.TryTake(out long cameNs), $"time {i} never came");
            Assert.That(cameNs, Is.GreaterThanOrEqualTo(dueNs));
        }
    }

    [Test]
    public void TheThreadsAlarmIsMovedToAnEarlierTimeButNotToALater()
    {
        using Appointment appointment = new();
        appointment.Make(Hour);
        appointment.Make(2 * Millisecond);
        appointment.Alarm.Set(appointment.NowNs + Hour);
        appointment.Alarm.Set(long.MaxValue);
        Assert.That(appointment.TryTake(out _), "it waits for the later time");
    }

    [Test]
    public void WhatIsSetWhileTheThreadIsAboutToSleepIsNotSleptThrough()
    {
        using Appointment appointment = new();
        for (int i = 0; i < 10_000; i++)
        {
            // The thread has just been called, and is on its way back to sleep.
            appointment.Make(0);
            Assert.That(appointment.TryTake(out _), $"time {i} never came");
        }
    }

    [Test]
    public void TheThreadsAlarmEndsWhetherItIsSetOrNot([Values] bool set)
    {
        Appointment appointment = new();
        if (set)
            appointment.Make(Hour);
        Assert.That(Task.Run(appointment.Dispose).Wait(Patience));
        Assert.That(appointment.TryTakeNow(out _), Is.False, "an hour has not passed");
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

    /// <summary>Awaits a time by the alarm of a thread, as the queue of deadlines does: it may be called early, and then sets the alarm anew.</summary>
    private sealed class Appointment : IDisposable
    {
        private readonly Clock _clock = new(TimeProvider.System);
        private readonly BlockingCollection<long> _came = [];
        private long _dueNs = long.MaxValue;

        public Appointment() => Alarm = new ThreadAlarm(_clock, Called);

        public ThreadAlarm Alarm { get; }

        public long NowNs => _clock.NowNs;

        public long Make(long inNs)
        {
            long dueNs = NowNs + inNs;
            Interlocked.Exchange(ref _dueNs, dueNs);
            Alarm.Set(dueNs);
            return dueNs;
        }

        public bool TryTake(out long cameNs) => _came.TryTake(out cameNs, Patience);

        public bool TryTakeNow(out long cameNs) => _came.TryTake(out cameNs);

        public void Dispose() => Alarm.Dispose();

        private void Called()
        {
            long dueNs = Volatile.Read(ref _dueNs);
            long nowNs = NowNs;
            if (dueNs > nowNs)
                Alarm.Set(dueNs);
            else if (Interlocked.CompareExchange(ref _dueNs, long.MaxValue, dueNs) == dueNs)
                _came.Add(nowNs);
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
