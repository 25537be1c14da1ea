using Vpio.Abi;

namespace Vpio.Hypervisor.Upcalls;

/// <summary>Is the hypervisor's half of the upcall order: which word is touched after which.</summary>
/// <remarks>
/// Who raises sets pending and then looks at the mask; who unmasks clears the mask and then looks at pending. Each step is a full
/// fence, so at least one of them sees the other, and no event waits behind a mask that is gone. Source: <c>docs/abi.md</c>, "Upcall order".
/// </remarks>
internal static class UpcallOrder
{
    /// <summary>Raises events of a device.</summary>
    /// <typeparam name="TWords">How the page is touched.</typeparam>
    /// <param name="words">The page.</param>
    /// <param name="device">The device.</param>
    /// <param name="events">What happened.</param>
    /// <returns>Whether the guest is to be notified: pending went from 0 to 1, unmasked.</returns>
    public static bool Raise<TWords>(TWords words, DeviceIndex device, DeviceEvents events)
        where TWords : struct, IUpcallWords
    {
        // ORDER full: events before selector before pending, each seen before the next. Pairs with words.ExchangeEvents in UpcallTaking.Take.
        words.OrEvents(device, events);
        words.OrSelector(device);
        bool wasPending = words.SetPending();

        // ORDER full: pending is seen before the mask is looked at. Pairs with the fence of a guest that unmasks, here words.IsPending in UpcallTaking.Take.
        return !wasPending && !words.IsMasked();
    }

    /// <summary>Unmasks on behalf of a guest that is about to sleep.</summary>
    /// <typeparam name="TWords">How the page is touched.</typeparam>
    /// <param name="words">The page.</param>
    /// <returns>Whether the guest is to be notified: an upcall came masked, and others may have slept through it.</returns>
    public static bool Unmask<TWords>(TWords words)
        where TWords : struct, IUpcallWords =>

        // ORDER full: the mask is cleared before pending is looked at. Pairs with words.IsMasked in UpcallOrder.Raise.
        words.ClearMask() && words.IsPending();
}
