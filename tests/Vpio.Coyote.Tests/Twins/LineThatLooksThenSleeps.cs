using Vpio.Abi;
using Vpio.Hypervisor.Memory;

namespace Vpio.Coyote.Tests.Twins;

/// <summary>Is a line with a planted bug: its last look and its sleep are two steps, and a wake-up fits between them.</summary>
internal sealed class LineThatLooksThenSleeps(Mapping guestPage) : ILine
{
    private readonly object _woken = new();
    private bool _closed;

    private ref GuestPage Page => ref guestPage.At<GuestPage>(0);

    public void Raise(DeviceIndex device, DeviceEvents events)
    {
        Interlocked.Or(ref GuestPage.Events(ref Page, device), (uint)events);
        Interlocked.Or(ref Page.PendingSelector, 1UL << (int)device.Value);
        if (Interlocked.Exchange(ref Page.UpcallPending, 1) == 0)
            WakeAll();
    }

    public DeviceStatus Wait(long? timeoutNs)
    {
        while (!Volatile.Read(ref _closed))
        {
            if (Volatile.Read(ref Page.UpcallPending) != 0)
                return DeviceStatus.Ok;
            lock (_woken)
                Monitor.Wait(_woken);
        }

        return DeviceStatus.Denied;
    }

    public void Close()
    {
        Volatile.Write(ref _closed, true);
        WakeAll();
    }

    private void WakeAll()
    {
        lock (_woken)
            Monitor.PulseAll(_woken);
    }
}
