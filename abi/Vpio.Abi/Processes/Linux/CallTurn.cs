namespace Vpio.Abi.Processes.Linux;

/// <summary>Passes the turn of a call slot back and forth: looks for a moment, then sleeps.</summary>
/// <remarks>
/// Each side says that it sleeps, and looks once more before it does; each passes the turn, and then looks whether the other sleeps. With a full fence
/// between the two steps on both sides, one of them sees the other. Source: <c>docs/guests.md</c>, "Call slot".
/// </remarks>
internal static class CallTurn
{
    /// <summary>Tells whose turn it is.</summary>
    /// <param name="turn">The turn, a private copy.</param>
    /// <returns>Whether it is the hypervisor's.</returns>
    public static bool IsHypervisors(uint turn) => turn % 2 != 0;

    /// <summary>Waits for a turn.</summary>
    /// <typeparam name="TWords">How the slot is touched.</typeparam>
    /// <param name="words">The slot, as the side that waits has it.</param>
    /// <param name="hypervisors">Whose turn is awaited: the hypervisor's or the guest's.</param>
    /// <returns>The turn; <see langword="null"/> when waiting was ended.</returns>
    public static uint? Await<TWords>(TWords words, bool hypervisors)
        where TWords : struct, ITurnWords, allows ref struct
    {
        if (words.LookForAWhile(hypervisors) is { } soon)
            return soon;

        while (true)
        {
            // ORDER full: that this side sleeps is seen before it looks once more. Pairs with words.ExchangeTurn in CallTurn.Pass.
            words.SetAsleep();
            uint seen = words.LoadTurn();
            if (IsHypervisors(seen) == hypervisors)
            {
                words.ClearAsleep();
                return seen;
            }

            if (words.HasEnded())
                return null;
            words.Sleep(seen);
        }
    }

    /// <summary>Passes the turn to the other side.</summary>
    /// <typeparam name="TWords">How the slot is touched.</typeparam>
    /// <param name="words">The slot, as the side that passes has it; all else that the other side is to see was written before.</param>
    /// <param name="awaited">The turn that was awaited.</param>
    public static void Pass<TWords>(TWords words, uint awaited)
        where TWords : struct, ITurnWords, allows ref struct
    {
        // ORDER full: the turn, and all before it, is seen before it is looked whether the other side sleeps. Pairs with words.SetAsleep in CallTurn.Await.
        words.ExchangeTurn(unchecked(awaited + 1));
        if (words.IsOtherAsleep())
            words.Wake();
    }
}
