using Vpio.Abi.Layout;
using Vpio.Abi.Processes.Linux;

namespace Vpio.Hypervisor.Scheduling;

/// <summary>Is where threads sleep until there is something for them: they count how often they were woken, and sleep only while nobody has been since they last looked.</summary>
/// <remarks>
/// A sleeper enters, reads the count, looks for what it awaits, and sleeps while the count is what it was. Who has something sets that first, then counts, then looks whether
/// anybody is inside. Each step is a full fence, so a sleeper that missed it is seen inside, and does not fall asleep or is woken. On Linux the sleep is a futex;
/// elsewhere a monitor. Whoever wakes waits for no sleeper. A wake-up may come for no reason.
/// </remarks>
/// <param name="reaper">Wakes in another's place, where that had to wait for a sleeper.</param>
internal sealed class Sleepers(IReaper reaper)
{
    private const long NsPerMillisecond = 1_000_000;
    private const int Count = 0;
    private const int Inside = 16; // A line of its own: who raises for a guest that is awake only reads it.

    // The kernel is given its address while a thread sleeps: nothing may move it.
    [SharedWord]
    private readonly uint[] _words = GC.AllocateArray<uint>(32, pinned: true);
    private readonly object? _monitor = Futex.IsThere ? null : new object();

    /// <summary>Gets how often the sleepers were woken.</summary>
    public uint WakeUps => Volatile.Read(ref _words[Count]);

    /// <summary>Notes that the caller is about to look, and may sleep.</summary>
    /// <remarks>ORDER full: it is seen inside before it looks. Pairs with Interlocked.Increment in Sleepers.WakeAll.</remarks>
    public void Enter() => Interlocked.Increment(ref _words[Inside]);

    /// <summary>Notes that the caller will not sleep any more.</summary>
    public void Leave() => Interlocked.Decrement(ref _words[Inside]);

    /// <summary>Sleeps while nobody was woken.</summary>
    /// <param name="seen">The count, from before the caller looked.</param>
    public void SleepWhile(uint seen)
    {
        if (_monitor is null)
        {
            Futex.WaitPrivate(ref _words[Count], seen);
            return;
        }

        lock (_monitor)
        {
            if (WakeUps == seen)
                Monitor.Wait(_monitor);
        }
    }

    /// <summary>Sleeps while nobody was woken, until a time is over.</summary>
    /// <param name="seen">The count, from before the caller looked.</param>
    /// <param name="restNs">How long at most, nanoseconds, more than 0. Off Linux a sleep is whole milliseconds, rounded down, and a rest below one only lets others go first.</param>
    public void SleepWhile(uint seen, long restNs)
    {
        if (_monitor is null)
        {
            Futex.WaitPrivate(ref _words[Count], seen, restNs);
            return;
        }

        int milliseconds = (int)Math.Min(restNs / NsPerMillisecond, int.MaxValue);
        if (milliseconds == 0)
        {
            Thread.Yield();
            return;
        }

        lock (_monitor)
        {
            if (WakeUps == seen)
                Monitor.Wait(_monitor, milliseconds);
        }
    }

    /// <summary>Wakes all who sleep, and keeps those from it who are about to.</summary>
    /// <returns>Whether there was anybody.</returns>
    public bool WakeAll()
    {
        // ORDER full: what there is was set before, and is counted before it is looked who is inside. Pairs with Interlocked.Increment in Sleepers.Enter.
        Interlocked.Increment(ref _words[Count]);
        if (Volatile.Read(ref _words[Inside]) == 0)
            return false;
        if (_monitor is null)
            Futex.WakeAllPrivate(ref _words[Count]);
        else
            Pulse(_monitor);
        return true;
    }

    // A sleeper has the lock only between its last look at the count and its sleep; it may lose its processor there.
    private void Pulse(object monitor)
    {
        if (!Monitor.TryEnter(monitor))
        {
            reaper.Reap(() =>
            {
                lock (monitor)
                    Monitor.PulseAll(monitor);
            });
            return;
        }

        Monitor.PulseAll(monitor);
        Monitor.Exit(monitor);
    }
}
