using Microsoft.Extensions.Time.Testing;
using Vpio.Abi;
using Vpio.Hypervisor.Scheduling;

namespace Vpio.Hypervisor.Tests.Scheduling;

/// <summary>Holds what a slice clock has its alarm set to.</summary>
[TestFixture]
internal sealed class SliceTimerTests
{
    private const long SliceNs = 10_000_000;
    private const long LongGraceNs = 1_000_000_000;
    private static readonly StateWord First = StateWord.Unused.NextGrant(DeviceState.Owned, new DomainId(1));
    private static readonly StateWord Second = First.NextGrant(DeviceState.Owned, new DomainId(2));

    [Test]
    public void TheSliceAfterARevocationNeedsNoEarlierWakeUp()
    {
        FakeTimeProvider time = new();
        Clock clock = new(time);
        HandAlarm? alarm = null;
        using DeadlineQueue deadlines = new(clock, callback => alarm = new HandAlarm(callback));
        Subject subject = new(First);
        SliceClock slices = new(clock, deadlines, subject);
        slices.StartSlice(First);
        time.Advance(Clock.Span(SliceNs));
        subject.CurrentWord = First.With(DeviceState.Revoking);
        alarm!.Ring();
        slices.StartGrace(subject.CurrentWord, LongGraceNs);

        // The owner takes a moment to stop.
        time.Advance(TimeSpan.FromMilliseconds(0.1));
        subject.CurrentWord = Second;
        slices.Ended(First.With(DeviceState.Revoking), clock.NowNs);
        long setNs = alarm.DueNs;
        slices.StartSlice(Second);
        Assert.That(alarm.DueNs, Is.EqualTo(setNs), "each wake-up of the timer takes the processor from a guest");

        // It comes too early for the second slice, and is set anew.
        time.Advance(Clock.Span(alarm.DueNs - clock.NowNs));
        alarm.Ring();
        Assert.That(subject.UsedUp, Is.EqualTo(new[] { First }));
        Assert.That(alarm.DueNs, Is.EqualTo(subject.SliceEndNs));
    }

    /// <summary>Rings when it is told to.</summary>
    private sealed class HandAlarm(Action callback) : IAlarm
    {
        public long DueNs { get; private set; } = long.MaxValue;

        public void Set(long dueNs) => DueNs = Math.Min(DueNs, dueNs);

        public void Ring()
        {
            DueNs = long.MaxValue;
            callback();
        }

        public void Dispose()
        {
        }
    }

    private sealed class Subject(StateWord word) : ISliceSubject
    {
        public StateWord CurrentWord { get; set; } = word;

        public List<StateWord> UsedUp { get; } = [];

        public long SliceEndNs { get; private set; }

        public long TakeSliceNs(StateWord owned) => SliceNs;

        public void Overran(StateWord held, long overshootNs)
        {
        }

        public void ShowSliceEnd(long endNs) => SliceEndNs = endNs;

        public void ShowGraceEnd(long endNs)
        {
        }

        public void SliceUsedUp(StateWord owned) => UsedUp.Add(owned);

        public void GraceUsedUp(StateWord revoking) => Assert.Fail("its time has not come");
    }
}
