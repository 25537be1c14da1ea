namespace Vpio.Hypervisor.Scheduling;

/// <summary>Takes from guests what they have when their time is over: that may wait for their calls, and so the timer does not do it.</summary>
/// <remarks>
/// A device is never left in RECLAIMING for a reaper: what it does may itself wait for a device to leave that state.
/// </remarks>
internal interface IReaper : IDisposable
{
    /// <summary>Sees to it that an eviction is carried out, in the order of the calls.</summary>
    /// <param name="eviction">What to do.</param>
    void Reap(Action eviction);
}
