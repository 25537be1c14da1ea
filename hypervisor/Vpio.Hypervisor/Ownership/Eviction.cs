namespace Vpio.Hypervisor.Ownership;

/// <summary>Takes everything from a guest, in an order that leaves no gap (rule 8).</summary>
/// <remarks>
/// Mark; wake its sleeps; drain its calls; clear its bits; take its devices. A granter that publishes an ownership for it too
/// late to be seen by the last step sees the mark, and takes the device back itself.
/// </remarks>
/// <typeparam name="TMemory">How shared words are touched.</typeparam>
/// <typeparam name="TEffects">What happens around the transitions.</typeparam>
internal static class Eviction<TMemory, TEffects>
    where TMemory : struct, IWordMemory
    where TEffects : struct, IOwnershipEffects
{
    /// <summary>Takes everything from a guest.</summary>
    /// <param name="guest">The guest.</param>
    /// <param name="marks">The marks of all guests.</param>
    /// <param name="mark">What it may not do from now on. A guest that may still call keeps its sleeps.</param>
    public static void Evict(IEvictee<TMemory, TEffects> guest, GuestMarks<TMemory> marks, GuestMark mark)
    {
        marks.Set(guest.Id, mark);
        TakeWhatItHas(guest, mark);
    }

    /// <summary>Takes everything from a guest that was marked before.</summary>
    /// <param name="guest">The guest.</param>
    /// <param name="mark">Its mark.</param>
    public static void TakeWhatItHas(IEvictee<TMemory, TEffects> guest, GuestMark mark)
    {
        if (mark == GuestMark.Stopped)
            guest.WakeSleeps();

        // From here on none of its calls that began unmarked is under way: none sets a bit or takes a device after it was looked for.
        guest.Calls.Drain();
        foreach (DeviceOwnership<TMemory, TEffects> device in guest.Devices)
            device.Dequeue(guest.Id);
        foreach (DeviceOwnership<TMemory, TEffects> device in guest.Devices)
            device.Strip(guest.Id);
    }
}
