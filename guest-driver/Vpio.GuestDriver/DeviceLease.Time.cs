using Vpio.Abi;

namespace Vpio.GuestDriver;

/// <content>
/// How much time is left, read from the device page and the guest's counter: no hypercall. Source: <c>docs/abi.md</c>, "The hypervisor's clock".
/// </content>
public readonly ref partial struct DeviceLease
{
    /// <summary>Gets how much of the slice is left: zero once the device is asked back or the ownership is over.</summary>
    /// <value><see langword="null"/>: no limit is set, because nobody waits; or the hypervisor gives no clock, and <see cref="StopRequested"/> alone tells.</value>
    /// <remarks>A hint: an end can be set, and drawn nearer, at any time. Allocates nothing, makes no call.</remarks>
    public TimeSpan? RemainingSlice => ReadEnds(out ulong sliceEndNs, out _) == DeviceState.Owned ? Until(sliceEndNs) : TimeSpan.Zero;

    /// <summary>Gets how much of the grace is left before the device is taken by force: zero once the ownership is over.</summary>
    /// <value><see langword="null"/>: no grace runs yet, because the device was not asked back or this moment was; or the hypervisor gives no clock.</value>
    /// <remarks>Allocates nothing, makes no call.</remarks>
    public TimeSpan? RemainingGrace => ReadEnds(out _, out ulong graceEndNs) switch
    {
        DeviceState.Owned => null,
        DeviceState.Revoking => Until(graceEndNs),
        _ => TimeSpan.Zero,
    };

    /// <summary>Reads the ends that belong to this ownership.</summary>
    /// <returns>What the ownership is in: owned or revoking, or <see cref="DeviceState.Free"/> when it is over, whatever the device is in now.</returns>
    private DeviceState ReadEnds(out ulong sliceEndNs, out ulong graceEndNs)
    {
        (sliceEndNs, graceEndNs) = (0, 0);
        if (_device is null)
            return DeviceState.Free;

        // Of two looks that see the same word, what lies between is that ownership's: the ends are cleared before the next begins,
        // and set after it. A word that this guest holds changes twice at most, so this ends.
        while (true)
        {
            StateWord before = DeviceSlot.ReadState(in _slot);
            if (!IsHeldIn(before))
                return DeviceState.Free;

            // ORDER acquire: after the first look at the word and before the second. Pairs with Volatile.Write in SharedDevice.ShowSliceEnd.
            sliceEndNs = Volatile.Read(in _slot.SliceEndNs);

            // ORDER acquire: likewise. Pairs with Volatile.Write in SharedDevice.ShowGraceEnd.
            graceEndNs = Volatile.Read(in _slot.GraceEndNs);
            if (DeviceSlot.ReadState(in _slot) == before)
                return before.State;
        }
    }

    private TimeSpan? Until(ulong endNs)
    {
        if (endNs == 0 || _device!.HypervisorNs is not { } nowNs)
            return null;
        return endNs <= nowNs ? TimeSpan.Zero : new TimeSpan((long)((endNs - nowNs) / TimeSpan.NanosecondsPerTick));
    }
}
