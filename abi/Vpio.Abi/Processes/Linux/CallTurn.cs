using System.Diagnostics;
using Vpio.Abi.Layout;

namespace Vpio.Abi.Processes.Linux;

/// <summary>Passes the turn of a call slot back and forth: spins for a moment, then sleeps.</summary>
/// <remarks>
/// Each side says that it sleeps, and looks once more before it does; each passes the turn, and then looks whether the other sleeps. With a full fence
/// between the two steps on both sides, one of them sees the other. Source: <c>docs/guests.md</c>, "Call slot".
/// </remarks>
internal static class CallTurn
{
    private const int SpinsBetweenLooks = 4;

    // About what two wake-ups cost: a call that is answered sooner is better waited for awake. Where there is one processor the other side needs it.
    private static readonly long SpinTicks = Environment.ProcessorCount > 1 ? Stopwatch.Frequency / 1_000_000 * 15 : 0;

    /// <summary>Tells whose turn it is.</summary>
    /// <param name="turn">The turn, a private copy.</param>
    /// <returns>Whether it is the hypervisor's.</returns>
    public static bool IsHypervisors(uint turn) => turn % 2 != 0;

    /// <summary>Waits for a turn.</summary>
    /// <param name="turn">The slot's turn.</param>
    /// <param name="hypervisors">Whose turn is awaited: the hypervisor's or the guest's.</param>
    /// <param name="asleep">The flag by which the waiting side says that it sleeps.</param>
    /// <param name="ended">A word of this process that turns from 0 when waiting is over; who turns it wakes it.</param>
    /// <returns>The turn; <see langword="null"/> when waiting was ended.</returns>
    public static uint? Await([SharedWord] ref uint turn, bool hypervisors, [SharedWord] ref uint asleep, [SharedWord] ref uint ended)
    {
        if (Spin(ref turn, hypervisors, ref ended) is { } soon)
            return soon;

        while (true)
        {
            // ORDER full: that this side sleeps is seen before it looks once more. Pairs with Interlocked.Exchange in CallTurn.Pass.
            Interlocked.Exchange(ref asleep, 1);
            uint seen = Volatile.Read(ref turn);
            if (IsHypervisors(seen) == hypervisors)
            {
                Volatile.Write(ref asleep, 0);
                return seen;
            }

            if (Volatile.Read(ref ended) != 0)
                return null;
            Futex.Wait(ref turn, seen, ref ended, 0);
        }
    }

    /// <summary>Passes the turn to the other side.</summary>
    /// <param name="turn">The slot's turn; all else in the slot that the other side is to see was written before.</param>
    /// <param name="awaited">The turn that was awaited.</param>
    /// <param name="otherAsleep">The flag by which the other side says that it sleeps.</param>
    public static void Pass([SharedWord] ref uint turn, uint awaited, [SharedWord] ref uint otherAsleep)
    {
        // ORDER full: the turn, and all before it, is seen before it is looked whether the other side sleeps. Pairs with Interlocked.Exchange in CallTurn.Await.
        Interlocked.Exchange(ref turn, unchecked(awaited + 1));
        if (Volatile.Read(ref otherAsleep) != 0)
            Futex.WakeAll(ref turn);
    }

    private static uint? Spin([SharedWord] ref uint turn, bool hypervisors, [SharedWord] ref uint ended)
    {
        for (long end = 0; ;)
        {
            uint seen = Volatile.Read(ref turn);
            if (IsHypervisors(seen) == hypervisors)
                return seen;
            long now = Stopwatch.GetTimestamp();
            if (end == 0)
                end = now + SpinTicks;
            if (now >= end || Volatile.Read(ref ended) != 0)
                return null;
            Thread.SpinWait(SpinsBetweenLooks);
        }
    }
}
