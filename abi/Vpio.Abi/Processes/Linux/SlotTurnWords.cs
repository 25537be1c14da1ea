using System.Diagnostics;
using Vpio.Abi.Layout;

namespace Vpio.Abi.Processes.Linux;

/// <summary>Touches the words where they are: in a call slot.</summary>
/// <param name="turn">The turn.</param>
/// <param name="asleep">The flag of this side.</param>
/// <param name="otherAsleep">The flag of the other.</param>
/// <param name="ended">A word of this process, not 0 when waiting is over; who sets it wakes who sleeps on it. Nothing moves it.</param>
/// <param name="budget">How long this side looks before it sleeps.</param>
internal readonly ref struct SlotTurnWords([SharedWord] ref uint turn, [SharedWord] ref uint asleep, [SharedWord] ref uint otherAsleep, [SharedWord] ref uint ended, SpinBudget budget) : ITurnWords
{
    private const int SpinsBetweenLooks = 4;

    [SharedWord]
    private readonly ref uint _turn = ref turn;

    [SharedWord]
    private readonly ref uint _asleep = ref asleep;

    [SharedWord]
    private readonly ref uint _otherAsleep = ref otherAsleep;

    [SharedWord]
    private readonly ref uint _ended = ref ended;

    /// <inheritdoc/>
    public uint LoadTurn() => Volatile.Read(ref _turn);

    /// <inheritdoc/>
    public void ExchangeTurn(uint turn) => Interlocked.Exchange(ref _turn, turn);

    /// <inheritdoc/>
    public void SetAsleep() => Interlocked.Exchange(ref _asleep, 1);

    /// <inheritdoc/>
    public void ClearAsleep() => Volatile.Write(ref _asleep, 0);

    /// <inheritdoc/>
    public bool IsOtherAsleep() => Volatile.Read(ref _otherAsleep) != 0;

    /// <inheritdoc/>
    public bool HasEnded() => Volatile.Read(ref _ended) != 0;

    /// <inheritdoc/>
    public void Sleep(uint seen) => Futex.Wait(ref _turn, seen, ref _ended, 0);

    /// <inheritdoc/>
    public void Wake() => Futex.Wake(ref _turn);

    /// <inheritdoc/>
    public uint? LookForAWhile(bool hypervisors)
    {
        // What is there already was not waited for by looking: that says nothing of whether it pays.
        uint seen = LoadTurn();
        if (CallTurn.IsHypervisors(seen) == hypervisors)
            return seen;
        long ticks = budget.Begin();
        if (ticks > 0 && LookFor(ticks, hypervisors, out long sinceLastLook) is { } turn)
        {
            budget.EndWithTurn(sinceLastLook);
            return turn;
        }

        budget.EndInVain();
        return null;
    }

    private uint? LookFor(long ticks, bool hypervisors, out long sinceLastLook)
    {
        long last = Stopwatch.GetTimestamp();
        for (long end = last + ticks; ;)
        {
            Thread.SpinWait(SpinsBetweenLooks);
            uint seen = LoadTurn();
            long now = Stopwatch.GetTimestamp();
            sinceLastLook = now - last;
            if (CallTurn.IsHypervisors(seen) == hypervisors)
                return seen;
            if (now >= end || HasEnded())
                return null;
            last = now;
        }
    }
}
