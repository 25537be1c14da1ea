using Vpio.Abi;
using Vpio.Hypervisor.Memory;

namespace Vpio.Coyote.Tests.Twins;

/// <summary>Is a line with a planted bug: it sets pending before the events, so that a guest looks too early and then sleeps.</summary>
internal sealed class LineThatPendsFirst(Mapping guestPage) : ILine
{
    private readonly object _woken = new();

    private ref GuestPage Page => ref guestPage.At<GuestPage>(0);

    public void Raise(DeviceIndex device, DeviceEvents events)
    {
        bool wasPending = Interlocked.Exchange(ref Page.UpcallPending, 1) != 0;
        Interlocked.Or(ref GuestPage.Events(ref Page, device), (uint)events);
        Interlocked.Or(ref Page.PendingSelector, 1UL << (int)device.Value);
        if (!wasPending)
        {
            lock (_woken)
                Monitor.PulseAll(_woken);
        }
    }

    public DeviceStatus Wait(long? timeoutNs)
    {
        lock (_woken)
        {
            while (Volatile.Read(ref Page.UpcallPending) == 0)
                Monitor.Wait(_woken);
            return DeviceStatus.Ok;
        }
    }

    public void Close()
    {
    }
}
