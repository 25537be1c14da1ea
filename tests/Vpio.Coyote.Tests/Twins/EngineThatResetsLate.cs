using Vpio.Coyote.Tests.Control;
using Vpio.Hypervisor.Devices;

namespace Vpio.Coyote.Tests.Twins;

/// <summary>Is a device's thread with a planted bug: it takes its wake-up back after it announced its sleep.</summary>
internal sealed class EngineThatResetsLate
{
    private readonly IDeviceWork _work;
    private readonly ControlledEvent _woken = new(initialState: false, spinCount: 0);
    private bool _asleep;
    private bool _ended;

    public EngineThatResetsLate(IDeviceWork work)
    {
        _work = work;
        new Thread(Run).Start();
    }

    public void Wake()
    {
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _asleep))
            _woken.Set();
    }

    public void Stop()
    {
        Volatile.Write(ref _ended, true);
        _woken.Set();
    }

    private void Run()
    {
        while (!Volatile.Read(ref _ended))
        {
            if (_work.DoBatch())
                continue;
            Volatile.Write(ref _asleep, true);
            Interlocked.MemoryBarrier();
            if (!_work.AnnounceSleep() && !Volatile.Read(ref _ended))
            {
                _woken.Reset();
                _woken.Wait();
            }

            Volatile.Write(ref _asleep, false);
        }
    }
}
