using Vpio.Abi;
using Vpio.Abi.Operations;

namespace Vpio.GuestDriver;

/// <summary>Takes the upcalls of a guest: one thread that sleeps in DEVOP_wait and hands each event to its device.</summary>
/// <param name="domain">The domain whose upcalls it takes.</param>
/// <param name="port">The way to the hypervisor.</param>
/// <remarks>
/// Started by the first who waits for something; it uses no time while nothing happens. It ends when DEVOP_wait says that
/// the guest is stopped or the port disposed; the next who waits starts it again, so a resumed guest needs no care.
/// While it tells of events it is masked: nobody need wake who is awake.
/// Threads: the gate is held while pages are touched and devices told, never during the sleep; so after
/// <see cref="Close"/> the loop touches nothing of the port, which may then unmap its memory.
/// </remarks>
internal sealed class UpcallLoop(GuestDomain domain, IHypercallPort port)
{
    private readonly Lock _gate = new();
    private Thread? _thread;
    private uint _stops;
    private bool _closed;

    /// <summary>Gets how often the loop ended because the guest was stopped.</summary>
    internal uint Stops => Volatile.Read(ref _stops);

    /// <summary>Gets whether the loop runs.</summary>
    internal bool IsRunning => Volatile.Read(ref _thread) is not null;

    /// <summary>Starts the loop unless it runs. Called after the caller's wait is armed: a loop that is just ending then sees the wait.</summary>
    internal void EnsureRunning()
    {
        if (IsRunning)
            return;

        lock (_gate)
        {
            if (_closed || IsRunning)
                return;
            Thread thread = new(Run) { IsBackground = true, Name = $"vpio upcalls of {domain.Id}" };
            Volatile.Write(ref _thread, thread);
            thread.Start();
        }
    }

    /// <summary>Keeps the loop from touching the port from now on; disposing the port ends its sleep.</summary>
    internal void Close()
    {
        lock (_gate)
            _closed = true;
    }

    private void Run()
    {
        bool isPending = false;
        while (true)
        {
            DeviceStatus status = isPending ? DeviceStatus.Ok : Sleep();
            lock (_gate)
            {
                if (!_closed && status == DeviceStatus.Ok)
                {
                    isPending = UpcallTaking.Take(new PageUpcallWords(port), new Devices(domain));
                    continue;
                }

                End();
                return;
            }
        }
    }

    private DeviceStatus Sleep()
    {
        WaitArgs args = new() { TimeoutNs = WaitArgs.Forever };
        return DeviceCall.Make(port, ref args);
    }

    private void End()
    {
        // The loop is gone before the devices look: a wait armed after this starts a new one, a wait armed before is looked at here.
        Volatile.Write(ref _thread, null);
        if (_closed)
            return;

        Volatile.Write(ref _stops, _stops + 1);
        if (domain.NoticeStop())
            EnsureRunning(); // Resumed meanwhile, and a wait goes on.
    }

    private readonly struct Devices(GuestDomain domain) : IUpcallSink
    {
        public void Notice(DeviceIndex device, DeviceEvents events) => domain.GetDevice(device).Notice(events);
    }
}
