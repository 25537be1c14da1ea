namespace Vpio.Simulation.Checking;

/// <summary>Computes how long a guest can wait at worst (<c>docs/ownership.md</c>, "How long a guest can wait"): each other guest once, with its slice and its grace.</summary>
internal static class WaitBound
{
    /// <summary>How late a timer is at most, nanoseconds.</summary>
    public const long TimerLateNs = Course.VirtualTime.TimerStepNs;

    /// <summary>What a reclaim takes at most, nanoseconds: nothing on virtual time. What loading its context costs, a new owner spends itself.</summary>
    public const long ReclaimNs = 0;

    /// <summary>Computes the bound.</summary>
    /// <param name="others">How many other guests the device is assigned to.</param>
    /// <param name="otherWeights">The sum of their weights.</param>
    /// <param name="sliceNs">The slice of weight 1, nanoseconds.</param>
    /// <param name="graceNs">The grace, nanoseconds.</param>
    /// <returns>Nanoseconds from joining the queue to owning the device.</returns>
    public static long Of(long others, long otherWeights, long sliceNs, long graceNs) =>
        ReclaimNs + (otherWeights * sliceNs) + (others * (graceNs + (2 * TimerLateNs) + ReclaimNs));

    /// <summary>Computes what grants out of turn add: one before each in turn, also before the guest's own.</summary>
    /// <param name="guests">How many guests the device is assigned to.</param>
    /// <param name="greatestWeight">The greatest of their weights.</param>
    /// <param name="sliceNs">The slice of weight 1, nanoseconds.</param>
    /// <param name="graceNs">The grace, nanoseconds.</param>
    /// <returns>Nanoseconds.</returns>
    public static long OutOfTurn(long guests, long greatestWeight, long sliceNs, long graceNs) =>
        guests * ((greatestWeight * sliceNs) + graceNs + (2 * TimerLateNs) + ReclaimNs);
}
