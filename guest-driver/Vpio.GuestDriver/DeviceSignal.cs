namespace Vpio.GuestDriver;

/// <summary>Wakes the sleepers of a device when an upcall came for it.</summary>
/// <remarks>
/// A counter, so that nothing is lost between the last look and the sleep: who wants to sleep notes it, looks, and
/// sleeps only while it stands. Threads: any. Allocates nothing.
/// </remarks>
internal sealed class DeviceSignal
{
    private readonly object _gate = new(); // A monitor: sleeping and waking are what it is for.
    private uint _sequence;

    /// <summary>Gets the counter, to note it before the last look.</summary>
    internal uint Sequence =>

        // ORDER acquire: who notes the counter looks at the device after it. Pairs with Volatile.Write in DeviceSignal.Raise.
        Volatile.Read(ref _sequence);

    /// <summary>Wakes all who sleep, and whoever noted the counter and is about to.</summary>
    internal void Raise()
    {
        lock (_gate)
        {
            // ORDER release: what the upcall told of is seen by who sees the counter move. Pairs with Volatile.Read in DeviceSignal.Sequence.
            Volatile.Write(ref _sequence, _sequence + 1);
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Sleeps until the counter moves on.</summary>
    /// <param name="seen">The counter as it was noted.</param>
    /// <param name="limit">How long at most.</param>
    /// <returns><see langword="false"/> when the time was over first.</returns>
    internal bool Wait(uint seen, WaitLimit limit)
    {
        lock (_gate)
        {
            while (_sequence == seen)
            {
                if (limit.IsOver)
                    return false;
                Monitor.Wait(_gate, limit.RemainingMilliseconds);
            }

            return true;
        }
    }
}
