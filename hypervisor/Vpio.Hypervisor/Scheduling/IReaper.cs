namespace Vpio.Hypervisor.Scheduling;

/// <summary>Does what may have to wait for a guest: takes what it has when its time is over, wakes it where its own threads are in the way. So the timer and other guests never wait for it.</summary>
/// <remarks>
/// A device is never left in RECLAIMING for a reaper: what it does may itself wait for a device to leave that state.
/// </remarks>
internal interface IReaper : IDisposable
{
    /// <summary>Sees to it that something is done once, in the order of the calls until the reaper is disposed, and at once after that.</summary>
    /// <param name="work">What to do.</param>
    void Reap(Action work);
}
