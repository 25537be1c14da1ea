using Microsoft.Extensions.Time.Testing;
using Vpio.Abi;
using Vpio.Hypervisor.Scheduling;

namespace Vpio.Hypervisor.Tests.Scheduling;

/// <summary>Holds that a slice clock does nothing for an ownership that it does not time, however late it is asked to. The subject is the test's, and the timer rings when the test says.</summary>
[TestFixture]
internal sealed class TimedOwnershipTests
{
    private static readonly StateWord First = new(DeviceState.Owned, new DomainId(1), new Generation(1));
    private static readonly StateWord Second = new(DeviceState.Owned, new DomainId(2), new Generation(2));

    private readonly FakeTimeProvider _time = new();
    private Subject _subject = null!;
    private HandRungAlarm _alarm = null!;
    private DeadlineQueue _deadlines = null!;
    private SliceClock _slices = null!;

    [SetUp]
    public void TimeTheFirst()
    {
        Clock clock = new(_time);
        _subject = new Subject { CurrentWord = First };
        _deadlines = new DeadlineQueue(clock, ring => _alarm = new HandRungAlarm(ring));
        _slices = new SliceClock(clock, _deadlines, _subject);
        _slices.StartSlice(First);
    }

    [TearDown]
    public void EndQueue() => _deadlines.Dispose();

    [Test]
    public void ACutForAnotherOwnershipLeavesTheSliceAsItIs()
    {
        long endNs = _subject.SliceEndNs;
        _slices.CutSlice(Second);
        Assert.That(_subject.SliceEndNs, Is.EqualTo(endNs));
    }

    [Test]
    public void ACutMovesNoEndBack()
    {
        long endNs = _subject.SliceEndNs;
        _time.Advance(2 * Subject.Slice);
        _slices.CutSlice(First);
        Assert.That(_subject.SliceEndNs, Is.EqualTo(endNs), "the slice is over, and only the timer is late");
    }

    [Test]
    public void AnOwnershipThatEndedGetsNoGrace()
    {
        _subject.CurrentWord = Second;
        _slices.StartGrace(First.With(DeviceState.Revoking), 1);
        Assert.That(_subject.GraceEndNs, Is.Zero);
    }

    [Test]
    public void ASliceIsSeenToBeTimedBeforeTheWordIsLookedAtALastTime()
    {
        _slices.Ended(First, _subject.SliceEndNs);
        List<bool> seen = [];
        _subject.CurrentWord = Second;
        _subject.LookedAt = () => seen.Add(_slices.IsTiming);
        _slices.StartSlice(Second);
        Assert.That(seen, Is.EqualTo(new[] { false, true }), "who ends the ownership after the last look must see that it is timed");
    }

    [Test]
    public void AnOwnershipThatEndsWhileItsSliceStartsLeavesNothingTimed()
    {
        _slices.Ended(First, _subject.SliceEndNs);
        _subject.CurrentWord = Second;
        _subject.LookedAt = () => _subject.CurrentWord = Second.WithoutOwner(DeviceState.Reclaiming);
        _slices.StartSlice(Second);
        Assert.That((_slices.IsTiming, _subject.SliceEndNs), Is.EqualTo((false, 0L)));
    }

    [Test]
    public void ForgettingAnotherOwnershipLeavesTheSliceAsItIs()
    {
        long endNs = _subject.SliceEndNs;
        _slices.Forget(Second);
        Assert.That(_subject.SliceEndNs, Is.EqualTo(endNs));
    }

    [Test]
    public void WhatAnotherOwnershipLastedIsNoOverrunOfThisSlice()
    {
        _slices.Ended(Second, _subject.SliceEndNs + 1);
        Assert.That(_subject.OverrunsNs, Is.Empty);
    }

    [Test]
    public void AnOwnershipThatEndsWithItsSliceOverranNothing()
    {
        _slices.Ended(First, _subject.SliceEndNs);
        Assert.That(_subject.OverrunsNs, Is.Empty);
    }

    [Test]
    public void AnOwnershipThatEndsAfterItsSliceOverranIt()
    {
        _slices.Ended(First, _subject.SliceEndNs + 1);
        Assert.That(_subject.OverrunsNs, Is.EqualTo(new[] { 1L }));
    }

    [Test]
    public void ASliceThatBeginsWhileTheOneBeforeItExpiresIsNotOver()
    {
        using LateTimer timer = new(_alarm);
        _time.Advance(Subject.Slice);
        _slices.Ended(First, _subject.SliceEndNs);
        _subject.CurrentWord = Second;
        _subject.SliceTaken = timer.RingUntilItWaits;
        _slices.StartSlice(Second);
        timer.AwaitEnd();
        Assert.That(_subject.UsedUp, Is.Empty);
    }

    [Test]
    public void AGraceThatBeginsWhileTheOneBeforeItExpiresIsNotOver()
    {
        using LateTimer timer = new(_alarm);
        _time.Advance(Subject.Slice);
        _alarm.Ring();
        Assert.That(_subject.UsedUp, Is.EqualTo(new[] { First }));
        _subject.CurrentWord = First.With(DeviceState.Revoking);
        _slices.StartGrace(_subject.CurrentWord, Clock.Nanoseconds(Subject.Slice));
        _time.Advance(Subject.Slice);
        _slices.Ended(_subject.CurrentWord, _subject.SliceEndNs);
        _subject.CurrentWord = Second.With(DeviceState.Revoking);
        _subject.GraceShown = timer.RingUntilItWaits;
        _slices.StartGrace(_subject.CurrentWord, Clock.Nanoseconds(Subject.Slice));
        timer.AwaitEnd();
        Assert.That(_subject.UsedUp, Has.Count.EqualTo(1));
    }

    private sealed class HandRungAlarm(Action ring) : IAlarm
    {
        public void Ring() => ring();

        public void Set(long dueNs)
        {
        }

        public void Dispose()
        {
        }
    }

    /// <summary>Rings the alarm on another thread, in the middle of a step of the slice clock: what has expired then waits for the end of that step.</summary>
    private sealed class LateTimer(HandRungAlarm alarm) : IDisposable
    {
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

        private readonly Thread _thread = new(alarm.Ring);

        public void RingUntilItWaits()
        {
            _thread.Start();
            Assert.That(SpinWait.SpinUntil(() => _thread.ThreadState.HasFlag(ThreadState.WaitSleepJoin), Patience), "it passed by the slice clock's lock");
        }

        public void AwaitEnd() => Assert.That(_thread.Join(Patience), "it waits for ever");

        public void Dispose() => _thread.Join(Patience);
    }

    private sealed class Subject : ISliceSubject
    {
        public static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(10);

        private StateWord _word;

        public StateWord CurrentWord
        {
            get
            {
                StateWord seen = _word;
                LookedAt?.Invoke();
                return seen;
            }

            set => _word = value;
        }

        public Action? LookedAt { get; set; }

        public long SliceEndNs { get; private set; }

        public long GraceEndNs { get; private set; }

        public List<long> OverrunsNs { get; } = [];

        public List<StateWord> UsedUp { get; } = [];

        public Action? SliceTaken { get; set; }

        public Action? GraceShown { get; set; }

        public long TakeSliceNs(StateWord owned)
        {
            SliceTaken?.Invoke();
            return Clock.Nanoseconds(Slice);
        }

        public void Overran(StateWord held, long overshootNs) => OverrunsNs.Add(overshootNs);

        public void ShowSliceEnd(long endNs) => SliceEndNs = endNs;

        public void ShowGraceEnd(long endNs)
        {
            GraceEndNs = endNs;
            GraceShown?.Invoke();
        }

        public void SliceUsedUp(StateWord owned) => UsedUp.Add(owned);

        public void GraceUsedUp(StateWord revoking) => UsedUp.Add(revoking);
    }
}
