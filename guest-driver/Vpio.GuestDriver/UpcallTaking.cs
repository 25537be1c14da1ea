using System.Numerics;
using Vpio.Abi;

namespace Vpio.GuestDriver;

/// <summary>Is the guest's half of the upcall order: which word is touched after which.</summary>
/// <remarks>
/// Masked while it takes and tells, for whoever takes needs no notification. It unmasks before it looks a last time: an upcall that came
/// masked is seen by that look, a later one notifies. Source: <c>docs/abi.md</c>, "Upcall order".
/// </remarks>
internal static class UpcallTaking
{
    /// <summary>Takes what is pending, and tells it.</summary>
    /// <typeparam name="TWords">How the page is touched.</typeparam>
    /// <typeparam name="TSink">Who is told.</typeparam>
    /// <param name="words">The page.</param>
    /// <param name="sink">Who is told.</param>
    /// <returns>Whether an upcall is pending again: it is to be taken before a sleep.</returns>
    internal static bool Take<TWords, TSink>(TWords words, TSink sink)
        where TWords : struct, IUpcallWords
        where TSink : struct, IUpcallSink
    {
        words.Mask();

        // ORDER full: pending is cleared before the events are looked at; what comes in between raises it again. Pairs with words.SetPending in UpcallOrder.Raise.
        words.ClearPending();

        // ORDER full: the selector before the events words that it names. Pairs with words.OrSelector in UpcallOrder.Raise.
        ulong selector = words.ExchangeSelector();
        for (; selector != 0; selector &= selector - 1)
        {
            DeviceIndex device = new((uint)BitOperations.TrailingZeroCount(selector));
            if (!device.IsValid)
                continue; // Bit 63 names no device.

            // ORDER full: what the hypervisor did before it raised an event is seen after this. Pairs with words.OrEvents in UpcallOrder.Raise.
            DeviceEvents events = words.ExchangeEvents(device);
            sink.Notice(device, events);
        }

        // ORDER full: the mask is cleared before pending is looked at. Pairs with words.IsMasked in UpcallOrder.Raise.
        words.Unmask();
        return words.IsPending();
    }

    /// <summary>Makes it look as if an upcall had come masked: whoever calls DEVOP_wait after this, or is about to unmask there, wakes those who slept through it.</summary>
    /// <typeparam name="TWords">How the page is touched.</typeparam>
    /// <param name="words">The page.</param>
    internal static void ComeMasked<TWords>(TWords words)
        where TWords : struct, IUpcallWords
    {
        words.SetPending();

        // ORDER full: pending is set before the mask is, so that whoever clears the mask sees it pending. Pairs with words.IsPending in UpcallOrder.Unmask.
        words.Mask();
    }
}
