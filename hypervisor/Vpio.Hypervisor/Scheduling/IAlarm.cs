namespace Vpio.Hypervisor.Scheduling;

/// <summary>Calls back at a time. One call is outstanding at most: setting it again to an earlier time moves it.</summary>
internal interface IAlarm : IDisposable
{
    /// <summary>Sees to it that the callback runs at a time or earlier; it may run more often than asked.</summary>
    /// <param name="dueNs">When, nanoseconds of the hypervisor's clock.</param>
    void Set(long dueNs);
}
