namespace Vpio.Hypervisor.Guests;

/// <summary>Remembers when devices were last taken from a guest by force, and tells when that was too often.</summary>
/// <param name="limit">How often is too often.</param>
/// <param name="withinNs">Within what time, nanoseconds.</param>
internal sealed class DetachHistory(int limit, long withinNs)
{
    private readonly Queue<long> _times = new(); // Grows with what happened: a limit may be out of reach.

    /// <summary>Notes that a device was taken from the guest.</summary>
    /// <param name="nowNs">When, nanoseconds of the hypervisor's clock.</param>
    /// <returns>Whether that was once too often: the guest is to be quarantined, and its history begins anew.</returns>
    public bool Add(long nowNs)
    {
        lock (_times)
        {
            while (_times.TryPeek(out long oldest) && nowNs - oldest > withinNs)
                _times.Dequeue();
            _times.Enqueue(nowNs);
            if (_times.Count < limit)
                return false;
            _times.Clear();
            return true;
        }
    }
}
