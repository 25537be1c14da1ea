namespace Vpio.Hypervisor.Scheduling;

/// <summary>Calls back at a time. Who is called back sets it anew, if anything is to come.</summary>
internal interface IAlarm : IDisposable
{
    /// <summary>Sees to it that the callback runs at a time or earlier; it may run more often than asked.</summary>
    /// <param name="dueNs">When, nanoseconds of the hypervisor's clock. A later time than the one that is set changes nothing.</param>
    void Set(long dueNs);
}
