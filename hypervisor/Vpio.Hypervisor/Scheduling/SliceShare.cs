namespace Vpio.Hypervisor.Scheduling;

/// <summary>Is a guest's share of a device: how long its slices are, and what it owes for those that it overran.</summary>
/// <remarks>
/// A slice lasts the base times the weight, less what the guest owes. A debt takes half a slice at most, so that every turn brings
/// something; what is left of it is owed on. Threads: weight and debt are kept apart; the debt is changed under the slice clock's lock alone.
/// </remarks>
internal sealed class SliceShare
{
    /// <summary>The smallest weight.</summary>
    public const int MinWeight = 1;

    /// <summary>The greatest weight.</summary>
    public const int MaxWeight = 16;

    // Nobody owes more than the longest grace: what a guest can overrun in one turn before the device is taken from it.
    private static readonly long MaxDebtNs = Clock.Nanoseconds(SharingTerms.MaxDuration);

    private int _weight = MinWeight;
    private long _debtNs;

    /// <summary>Gets or sets how many base slices long its slices are. The next slice is the first that it counts for.</summary>
    public int Weight
    {
        get => Volatile.Read(ref _weight);
        set => Volatile.Write(ref _weight, value);
    }

    /// <summary>Gets what the guest owes, nanoseconds.</summary>
    public long DebtNs => Volatile.Read(ref _debtNs);

    /// <summary>Takes the next slice, and pays with it.</summary>
    /// <param name="baseNs">A slice of weight 1, nanoseconds.</param>
    /// <returns>How long the slice is, nanoseconds.</returns>
    public long TakeSliceNs(long baseNs)
    {
        long wholeNs = baseNs * Weight;
        long paidNs = Math.Min(_debtNs, wholeNs / 2);
        Volatile.Write(ref _debtNs, _debtNs - paidNs);
        return wholeNs - paidNs;
    }

    /// <summary>Books that the guest went on beyond the end of its slice.</summary>
    /// <param name="overshootNs">How long, nanoseconds.</param>
    public void Overran(long overshootNs) => Volatile.Write(ref _debtNs, Math.Min(_debtNs + overshootNs, MaxDebtNs));
}
