using Vpio.Hypervisor.Ownership;

namespace Vpio.Hypervisor.Guests;

/// <summary>Counts the calls of a guest that are under way, so that whoever took something from its reach can wait until no call still has it in hand.</summary>
/// <remarks>
/// Two counters, of which one takes the calls that begin: turning them lets the calls of before run out while new ones go
/// on, so a guest that calls without pause holds nobody up. Turned twice, because a call may begin on the counter that
/// was current when it looked. The scheme of sleepable read-copy-update.
/// </remarks>
internal sealed class CallGate
{
    private readonly Lock _drainers = new();
    private readonly int[] _calls = new int[2];
    private int _current;

    /// <summary>Begins a call.</summary>
    /// <returns>The counter it is on, for <see cref="Leave"/>.</returns>
    public int Enter()
    {
        int counter = Volatile.Read(ref _current);

        // ORDER full: the call is counted before it looks at anything that may be taken away. Pairs with Interlocked.MemoryBarrier in CallGate.Drain.
        Interlocked.Increment(ref _calls[counter]);
        return counter;
    }

    /// <summary>Ends a call.</summary>
    /// <param name="counter">The counter it is on.</param>
    public void Leave(int counter) => Interlocked.Decrement(ref _calls[counter]);

    /// <summary>Waits until every call that may have begun before is over. What was taken away was taken away before.</summary>
    public void Drain()
    {
        lock (_drainers)
        {
            Interlocked.MemoryBarrier();
            for (int i = 0; i < 2; i++)
            {
                int old = Volatile.Read(ref _current);
                Volatile.Write(ref _current, 1 - old);
                Interlocked.MemoryBarrier();
                for (int turn = 0; Volatile.Read(ref _calls[old]) != 0; turn++)
                    HardwareMemory.Pause(turn);
            }
        }
    }
}
