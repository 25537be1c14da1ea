namespace Vpio.GuestDriver;

/// <summary>Wakes the sleepers of a device when an upcall came for it, or its guest's grab has ended.</summary>
/// <remarks>
/// A counter, so that nothing is lost between the last look and the sleep: who wants to sleep notes it, looks, and
/// sleeps only while it stands. Threads: any. Allocates nothing.
/// </remarks>
internal sealed class DeviceSignal
{
    private readonly object _gate = new(); // A monitor: sleeping and waking are what it is for.
    private uint _sequence;
    private int _beside;
    private bool _closed;

    /// <summary>Gets the counter, to note it before the last look.</summary>
    internal uint Sequence =>

        // ORDER acquire: who notes the counter looks at the device after it. Pairs with Interlocked.Increment in DeviceSignal.Raise.
        Volatile.Read(ref _sequence);

    /// <summary>Gets whether it was closed.</summary>
    internal bool IsClosed => Volatile.Read(ref _closed);

    /// <summary>Wakes all who sleep, and whoever noted the counter and is about to.</summary>
    internal void Raise()
    {
        // ORDER full: what there is to see is seen by who sees the counter move, and that it moved before it is looked who sleeps. Pairs with Interlocked.Increment in DeviceSignal.SleepBeside.
        Interlocked.Increment(ref _sequence);
        WakeBeside();
    }

    /// <summary>Wakes all who sleep, now and from now on.</summary>
    internal void Close()
    {
        Volatile.Write(ref _closed, true);
        Raise();
    }

    /// <summary>Wakes those who sleep beside the watch, for one of them to have it.</summary>
    internal void WakeBeside()
    {
        // Nearly always there is none: who waits has the watch itself. To pulse is a call into the runtime.
        if (Volatile.Read(ref _beside) == 0)
            return;
        lock (_gate)
            Monitor.PulseAll(_gate);
    }

    /// <summary>Sleeps beside the watch.</summary>
    /// <param name="seen">The counter as it was noted.</param>
    /// <param name="watch">The watch.</param>
    /// <param name="limit">How long at most.</param>
    internal void SleepBeside(uint seen, UpcallWatch watch, WaitLimit limit)
    {
        lock (_gate)
        {
            // ORDER full: it is seen before it looks whether there is anything to sleep for. Pairs with Interlocked.Increment in DeviceSignal.Raise.
            Interlocked.Increment(ref _beside);
            try
            {
                if (Sequence == seen && watch.IsKept && !limit.IsOver)
                    Monitor.Wait(_gate, limit.RemainingMilliseconds);
            }
            finally
            {
                Interlocked.Decrement(ref _beside);
            }
        }
    }
}
