using Vpio.Abi;
using Vpio.Hypervisor.Memory;
using Vpio.Hypervisor.Scheduling;
using Vpio.Hypervisor.Upcalls;

namespace Vpio.Coyote.Tests.Twins;

/// <summary>Is a line with a planted bug: it reads the count of wake-ups after it has looked, and so sleeps through one that came between.</summary>
internal sealed class LineThatCountsAfterItsLook(Mapping guestPage, IReaper reaper) : ILine
{
    private readonly Sleepers _sleepers = new(reaper);
    private bool _closed;

    private ref GuestPage Page => ref guestPage.At<GuestPage>(0);

    public void Raise(DeviceIndex device, DeviceEvents events)
    {
        Interlocked.Or(ref GuestPage.Events(ref Page, device), (uint)events);
        Interlocked.Or(ref Page.PendingSelector, 1UL << (int)device.Value);
        if (Interlocked.Exchange(ref Page.UpcallPending, 1) == 0)
            _sleepers.WakeAll();
    }

    public DeviceStatus Wait(long? timeoutNs)
    {
        _sleepers.Enter();
        while (!Volatile.Read(ref _closed))
        {
            if (Volatile.Read(ref Page.UpcallPending) != 0)
            {
                _sleepers.Leave();
                return DeviceStatus.Ok;
            }

            _sleepers.SleepWhile(_sleepers.WakeUps);
        }

        _sleepers.Leave();
        return DeviceStatus.Denied;
    }

    public void Close()
    {
        Volatile.Write(ref _closed, true);
        _sleepers.WakeAll();
    }
}
