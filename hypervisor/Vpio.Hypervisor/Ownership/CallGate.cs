using Vpio.Abi.Layout;

namespace Vpio.Hypervisor.Ownership;

/// <summary>Counts the calls of a guest that are under way, so that whoever took something from its reach can wait until no call still has it in hand.</summary>
/// <remarks>
/// Two counters, of which one takes the calls that begin: turning them lets the calls of before run out while new ones go
/// on, so a guest that calls without pause holds nobody up. Turned twice, because a call may begin on the counter that
/// was current when it looked. The scheme of sleepable read-copy-update.
/// </remarks>
internal sealed class CallGate<TMemory>
    where TMemory : struct, IWordMemory
{
    [SharedWord]
    private readonly ulong[] _calls = new ulong[2];

    [SharedWord]
    private ulong _current;

    [SharedWord]
    private ulong _draining;

    /// <summary>Begins a call.</summary>
    /// <returns>The counter it is on, for <see cref="Leave"/>.</returns>
    public int Enter()
    {
        int counter = (int)TMemory.Load(ref _current);

        // ORDER full: the call is counted before it looks at anything that may be taken away. Pairs with TMemory.Or in GuestMarks.Set.
        TMemory.Add(ref _calls[counter], 1);
        return counter;
    }

    /// <summary>Ends a call.</summary>
    /// <param name="counter">The counter it is on.</param>
    public void Leave(int counter) => TMemory.Add(ref _calls[counter], ulong.MaxValue);

    /// <summary>Waits until every call that may have begun before is over. What was taken away was taken away before.</summary>
    public void Drain()
    {
        // One at a time: two that turned the counters against each other would wait for calls that just began.
        for (int turn = 0; TMemory.Exchange(ref _draining, 1) != 0; turn++)
            TMemory.Pause(turn);
        TurnAndAwait();
        TurnAndAwait();
        TMemory.Store(ref _draining, 0);
    }

    private void TurnAndAwait()
    {
        ulong old = TMemory.Load(ref _current);
        TMemory.Exchange(ref _current, 1 - old);
        for (int turn = 0; TMemory.Load(ref _calls[old]) != 0; turn++)
            TMemory.Pause(turn);
    }
}
