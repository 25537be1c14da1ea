using Vpio.Hypervisor.Scheduling;

namespace Vpio.Hypervisor.Tests.Scheduling;

/// <summary>Holds what the hypervisor's own threads are, the alarm's and the reaper's: they wait without a processor, keep no process alive, and are over when they are disposed of.</summary>
[TestFixture]
internal sealed class OwnThreadTests
{
    private const long HourNs = 3_600_000_000_000;
    private const int LooksInARow = 100;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Clock _clock = new(TimeProvider.System);

    [Test]
    public void TheAlarmsThreadGoesBeforeOthersAndKeepsNoProcessAlive()
    {
        using Sighting sighting = new();
        using ThreadAlarm alarm = new(_clock, sighting.OfThisThread);
        alarm.Set(_clock.NowNs);
        AssertGoesFirst(sighting.Thread, "vpio timer");
    }

    [Test]
    public void TheReapersThreadGoesBeforeOthersAndKeepsNoProcessAlive()
    {
        using Sighting sighting = new();
        using ReaperThread reaper = new();
        reaper.Reap(sighting.OfThisThread);
        AssertGoesFirst(sighting.Thread, "vpio reaper");
    }

    [Test]
    public void AnAlarmThatIsNotSetSleeps()
    {
        using Sighting sighting = new();
        using ThreadAlarm alarm = new(_clock, sighting.OfThisThread);
        alarm.Set(_clock.NowNs);
        sighting.AssertSleeps();
    }

    [Test]
    public void AnAlarmThatIsSetToAFarTimeSleeps()
    {
        using Sighting sighting = new();
        Action answer = sighting.OfThisThread;
        using ThreadAlarm alarm = new(_clock, () => answer());

        // Set from its own thread: it never waits with nothing set in between.
        answer = () =>
        {
            alarm.Set(_clock.NowNs + HourNs);
            sighting.OfThisThread();
        };
        alarm.Set(_clock.NowNs);
        sighting.AssertSleeps();
    }

    [Test]
    public void AfterTheAlarmIsDisposedOfNoRingIsUnderWay()
    {
        using Deed deed = new();
        ThreadAlarm alarm = new(_clock, deed.Do);
        alarm.Set(_clock.NowNs);
        deed.AssertAwaitedBy(alarm.Dispose);
    }

    [Test]
    public void AfterTheReaperIsDisposedOfNothingItWasGivenIsUnderWay()
    {
        using Deed deed = new();
        ReaperThread reaper = new();
        reaper.Reap(deed.Do);
        deed.AssertAwaitedBy(reaper.Dispose);
    }

    [Test]
    public void TheReaperCanBeEndedByWhatItDoes()
    {
        using ManualResetEventSlim ended = new();
        ReaperThread reaper = new();
        reaper.Reap(() =>
        {
            reaper.Dispose();
            ended.Set();
        });
        Assert.That(ended.Wait(Patience), "it waits for itself");
    }

    [Test]
    public void WhatTheReaperIsGivenAfterItsEndIsDoneAtOnceByWhoGivesIt()
    {
        ReaperThread reaper = new();
        reaper.Dispose();
        Thread? doer = null;
        reaper.Reap(() => doer = Thread.CurrentThread);
        Assert.That(doer, Is.SameAs(Thread.CurrentThread));
    }

    private static void AssertGoesFirst(Thread thread, string name) =>
        Assert.That((thread.Name, thread.Priority, thread.IsBackground), Is.EqualTo((name, ThreadPriority.Highest, true)));

    /// <summary>Takes down which thread came by.</summary>
    private sealed class Sighting : IDisposable
    {
        private readonly ManualResetEventSlim _seen = new();
        private Thread? _thread;
        private string? _stat;

        public Thread Thread
        {
            get
            {
                Assert.That(_seen.Wait(Patience), "nobody came by");
                return _thread!;
            }
        }

        public void OfThisThread()
        {
            _thread = Thread.CurrentThread;
            if (OperatingSystem.IsLinux())
                _stat = new FileInfo("/proc/thread-self").ResolveLinkTarget(returnFinalTarget: false)!.FullName + "/stat";
            _seen.Set();
        }

        public void AssertSleeps()
        {
            Thread thread = Thread;
            int looks = 0;
            Assert.That(SpinWait.SpinUntil(() => (looks = IsAsleep(thread) ? looks + 1 : 0) == LooksInARow, Patience), "it uses a processor");
        }

        public void Dispose() => _seen.Dispose();

        // One that computes is seen asleep too, while the runtime has it stand still.
        private bool IsAsleep(Thread thread) =>
            _stat is null ? thread.ThreadState.HasFlag(ThreadState.WaitSleepJoin) : File.ReadAllText(_stat).Split(") ")[^1][0] == 'S';
    }

    /// <summary>Is done only when somebody waits for it, or no longer can.</summary>
    private sealed class Deed : IDisposable
    {
        private readonly ManualResetEventSlim _begun = new();
        private Thread? _waiter;
        private bool _done;

        public void Do()
        {
            _begun.Set();
            SpinWait.SpinUntil(() => (Volatile.Read(ref _waiter)?.ThreadState & (ThreadState.WaitSleepJoin | ThreadState.Stopped)) > 0, Patience);
            Volatile.Write(ref _done, _waiter is { IsAlive: true });
        }

        public void AssertAwaitedBy(Action wait)
        {
            Assert.That(_begun.Wait(Patience), "it never began");
            bool doneAtTheEnd = false;
            Thread waiter = new(() =>
            {
                wait();
                doneAtTheEnd = Volatile.Read(ref _done);
            });
            waiter.Start();
            Volatile.Write(ref _waiter, waiter);
            Assert.That(waiter.Join(Patience), "it waits for ever");
            Assert.That(doneAtTheEnd, "it did not wait");
        }

        public void Dispose() => _begun.Dispose();
    }
}
