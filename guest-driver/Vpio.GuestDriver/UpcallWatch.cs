using Vpio.Abi;
using Vpio.Abi.Operations;

namespace Vpio.GuestDriver;

/// <summary>Sees to it that somebody takes the upcalls of a guest while somebody awaits one: one at a time has the watch.</summary>
/// <param name="domain">The domain whose upcalls it takes.</param>
/// <param name="port">The way to the hypervisor.</param>
/// <remarks>
/// <para>
/// A thread that blocks has the watch itself, if nobody has it: it sleeps in DEVOP_wait and tells of what it takes, and so the hypervisor
/// wakes the very thread that waits. Others that block sleep beside it, and one of them goes on when it leaves. For those who await
/// without a thread a port that interrupts runs a handler, on the pool; at any other port a thread of the watch's own sleeps for them,
/// from the first of them on until the guest is stopped. It uses no time while nothing happens.
/// </para>
/// <para>
/// Whoever leaves looks a last time, under the gate: for an upcall that is pending, and for an interrupt that left it to whoever had the watch. What
/// comes after that interrupts anew, or is seen by the next. While it tells of events it is masked: nobody need wake who is awake.
/// </para>
/// <para>
/// Threads: the gate is held while pages are touched and devices told, never during the sleep; so after <see cref="Close"/> nothing of the
/// port is touched, which may then unmap its memory. What awaits goes on outside the gate.
/// </para>
/// </remarks>
internal sealed class UpcallWatch(GuestDomain domain, IHypercallPort port)
{
    private const int SpinsBetweenLooks = 1;
    private const int LooksBetweenYields = 16;
    private const int LooksBeforeYields = 32;
    private const int MostRounds = 4;

    private readonly Lock _gate = new();
    private volatile WatchHolder _holder;
    private PendingGrab? _decided; // What is to go on when the gate is left.
    private PendingGrab? _here; // What an interrupt goes on with when it leaves. Whoever has the watch only.
    private object? _source; // What ends the wait of the thread that has the watch.
    private int _thread; // That thread.
    private int _looks;
    private int _beside;
    private bool _isAttended;
    private bool _wasInterrupted;
    private bool _closed;

    /// <summary>Gets who has the watch.</summary>
    internal WatchHolder Holder => _holder;

    /// <summary>Gets whether one that blocks may sleep beside another: somebody has the watch, or it is closed and nobody ever will.</summary>
    internal bool IsKept => Holder != WatchHolder.Nobody || Volatile.Read(ref _closed);

    private PageUpcallWords Words => new(port);

    /// <summary>Sees to it that upcalls are taken though nobody blocks. Called after the caller's wait is armed: whoever is just leaving then sees the wait.</summary>
    internal void Attend()
    {
        lock (_gate)
        {
            if (_closed || _isAttended)
                return;
            _isAttended = true;
            if (port is not IInterruptingPort interrupting)
            {
                if (_holder == WatchHolder.Nobody)
                    BeginThread();
                return;
            }

            interrupting.SetUpcallHandler(Interrupted);
        }

        // What came before that interrupts nobody.
        Interrupt();
    }

    /// <summary>Blocks until a wait is over, which is armed.</summary>
    /// <typeparam name="TWait">What for.</typeparam>
    /// <param name="wait">What for.</param>
    /// <param name="limit">How long at most.</param>
    /// <returns>Whether it is over; <see langword="false"/> when the time was.</returns>
    internal bool Block<TWait>(TWait wait, WaitLimit limit)
        where TWait : struct, IUpcallWait
    {
        while (!wait.IsOver)
        {
            if (!(TryHave(wait.Source) ? Have(wait, limit) : SleepBeside(wait, limit)))
                return wait.IsOver;
        }

        return true;
    }

    /// <summary>Lets the thread that has the watch look at its wait, if something else than an upcall may have ended it.</summary>
    /// <param name="source">What has. A thread that waits for something else is left to sleep, and one that nudges itself is awake.</param>
    internal void Nudge(object source)
    {
        lock (_gate)
        {
            if (_closed || _source != source || _thread == Environment.CurrentManagedThreadId)
                return;
            UpcallTaking.ComeMasked(Words);
        }

        Sleep(timeoutNs: 0);
    }

    /// <summary>Keeps everybody from touching the port from now on; disposing the port ends the sleep.</summary>
    internal void Close()
    {
        lock (_gate)
            Volatile.Write(ref _closed, true);
    }

    private bool TryHave(object source)
    {
        lock (_gate)
        {
            if (IsKept)
            {
                _beside++;
                return false;
            }

            (_holder, _source, _thread) = (WatchHolder.Blocked, source, Environment.CurrentManagedThreadId);
            return true;
        }
    }

    /// <summary>Has the watch until a wait is over.</summary>
    /// <returns><see langword="false"/> when the time was.</returns>
    private bool Have<TWait>(TWait wait, WaitLimit limit)
        where TWait : struct, IUpcallWait
    {
        DeviceStatus status = DeviceStatus.Ok;
        try
        {
            // Whoever had the watch just before may have taken what ends this wait.
            bool isOver = wait.IsOver;
            if (!isOver && wait.IsNear)
                Look();
            for (; !isOver && status != DeviceStatus.TimedOut; isOver = wait.IsOver)
            {
                status = Sleep(limit.RemainingNs);
                Tell(status);
            }
        }
        finally
        {
            Leave();
        }

        return status != DeviceStatus.TimedOut;
    }

    private bool SleepBeside<TWait>(TWait wait, WaitLimit limit)
        where TWait : struct, IUpcallWait
    {
        try
        {
            wait.SleepBeside(this, limit);
        }
        finally
        {
            lock (_gate)
                _beside--;
        }

        return !limit.IsOver;
    }

    /// <summary>Looks for a moment whether an upcall comes, awake and therefore masked. The sleep unmasks.</summary>
    private void Look()
    {
        lock (_gate)
        {
            if (_closed)
                return;
            Words.Mask();
        }

        // Two that hand over awake would keep a third, whose processor they have, from asking.
        if (++_looks % LooksBetweenYields == 0)
            Thread.Yield();

        // Who runs on another processor hands over soon; whoever does not needs this one.
        Moment moment = default;
        for (int looks = 0; !IsPending() && moment.Lasts(SpinsBetweenLooks); looks++)
        {
            if (looks > LooksBeforeYields)
                Thread.Yield();
        }
    }

    private bool IsPending()
    {
        lock (_gate)
            return !_closed && Words.IsPending();
    }

    /// <summary>Has the watch for a moment, on a thread of the pool.</summary>
    private void Interrupted()
    {
        lock (_gate)
        {
            _wasInterrupted = true;
            if (IsKept)
                return; // Whoever has the watch sees it when it leaves.
            _holder = WatchHolder.Interrupt;
        }

        // Here, for it needs no other thread; one, for it may last, and no other shall wait for it.
        Leave()?.GoOn(here: true);
    }

    private void BeginThread()
    {
        _holder = WatchHolder.OwnThread;
        new Thread(RunThread) { IsBackground = true, Name = $"vpio upcalls of {domain.Id}" }.Start();
    }

    private void RunThread()
    {
        DeviceStatus status;
        while ((status = Sleep(WaitArgs.Forever)) == DeviceStatus.Ok)
            Tell(status);

        // Before the devices are told: who awaits after this attends anew, and who awaited before is told.
        lock (_gate)
            _isAttended = false;
        if (domain.NoticeStop())
            Attend(); // Resumed meanwhile, and a wait goes on.
        Leave();
    }

    private DeviceStatus Sleep(ulong timeoutNs)
    {
        WaitArgs args = new() { TimeoutNs = timeoutNs };
        return DeviceCall.Make(port, ref args);
    }

    private void Tell(DeviceStatus status)
    {
        if (status == DeviceStatus.TimedOut)
            return;
        if (status != DeviceStatus.Ok)
            domain.NoticeStop();
        for (int round = 1; TakeAndTell() && round < MostRounds; round++)
        {
        }
    }

    private bool TakeAndTell()
    {
        bool isPending;
        PendingGrab? decided;
        lock (_gate)
        {
            isPending = !_closed && UpcallTaking.Take(Words, new Devices(this, domain));
            decided = _decided;
            _decided = null;
        }

        GoOn(decided);
        return isPending;
    }

    private void GoOn(PendingGrab? decided)
    {
        while (decided is not null)
        {
            PendingGrab? next = decided.Next;
            decided.Next = null;
            if (_holder == WatchHolder.Interrupt && _here is null)
                _here = decided;
            else
                decided.GoOn(here: false);
            decided = next;
        }
    }

    /// <summary>Leaves the watch. What goes on being raised meanwhile is left to others after a few rounds: this thread may own a device by now.</summary>
    /// <returns>What an interrupt goes on with.</returns>
    private PendingGrab? Leave()
    {
        PendingGrab? here;
        for (int round = 1; !TryLeave(isLast: round == MostRounds, out here); round++)
            Tell(Sleep(timeoutNs: 0));
        return here;
    }

    private bool TryLeave(bool isLast, out PendingGrab? here)
    {
        bool isBeside;
        lock (_gate)
        {
            here = null;
            bool isWork = !_closed && (_wasInterrupted || Words.IsPending());
            if (isWork && !isLast)
            {
                _wasInterrupted = false;
                return false;
            }

            (here, _here) = (_here, null);
            (_holder, _source) = (WatchHolder.Nobody, null);
            if (_isAttended && !_closed)
                LeaveToOthers(isWork);
            isBeside = _beside != 0;
        }

        if (isBeside)
            domain.WakeBeside();
        return true;
    }

    private void LeaveToOthers(bool isWork)
    {
        if (port is not IInterruptingPort)
            BeginThread();
        else if (isWork)
            Interrupt();
    }

    private void Interrupt() => ThreadPool.UnsafeQueueUserWorkItem(static watch => watch.Interrupted(), this, preferLocal: false);

    private readonly struct Devices(UpcallWatch watch, GuestDomain domain) : IUpcallSink
    {
        public void Notice(DeviceIndex device, DeviceEvents events)
        {
            if (domain.FindDevice(device).Notice(events) is not { } decided)
                return;
            decided.Next = watch._decided;
            watch._decided = decided;
        }
    }
}
