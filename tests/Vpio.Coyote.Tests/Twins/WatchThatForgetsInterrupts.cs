using Vpio.Abi;
using Vpio.Abi.Operations;
using Vpio.GuestDriver;

namespace Vpio.Coyote.Tests.Twins;

/// <summary>Is a watch with a planted bug: an interrupt that finds a thread at the watch leaves it to that, and the thread looks for nothing but what is pending when it leaves.</summary>
internal sealed class WatchThatForgetsInterrupts(GuestDomain domain, IInterruptingPort port) : IWatch
{
    private readonly object _gate = new();
    private bool _isHad;

    public void Attend() => port.SetUpcallHandler(Interrupted);

    public void Block(SignalWait wait)
    {
        Have();
        while (!wait.IsOver)
            Tell(Sleep(WaitArgs.Forever));
        Leave();
    }

    private void Interrupted()
    {
        if (!Have())
            return;
        Tell(Sleep(0));
        Leave();
    }

    private bool Have()
    {
        lock (_gate)
            return !_isHad && (_isHad = true);
    }

    private void Leave()
    {
        while (true)
        {
            lock (_gate)
            {
                if (!new PageUpcallWords(port).IsPending())
                {
                    _isHad = false;
                    return;
                }
            }

            Tell(Sleep(0));
        }
    }

    private DeviceStatus Sleep(ulong timeoutNs)
    {
        WaitArgs args = new() { TimeoutNs = timeoutNs };
        return DeviceCall.Make(port, ref args);
    }

    private void Tell(DeviceStatus status)
    {
        lock (_gate)
        {
            if (status == DeviceStatus.Denied)
                domain.NoticeStop();
            UpcallTaking.Take(new PageUpcallWords(port), new Devices(domain));
        }
    }

    private readonly struct Devices(GuestDomain domain) : IUpcallSink
    {
        public void Notice(DeviceIndex device, DeviceEvents events) => domain.GetDevice(device).Notice(events);
    }
}
