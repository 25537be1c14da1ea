using System.Diagnostics.CodeAnalysis;
using Vpio.Hypervisor.Scheduling;

namespace Vpio.Hypervisor.Devices;

/// <summary>Runs a device: a thread that works while there is work, looks about for a moment, then sleeps until it is woken.</summary>
/// <remarks>Asleep it uses no processor. The work itself says, before the sleep, to whoever would ring that it must wake the device.</remarks>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "The event is never asked for a handle, so it has nothing to dispose, and somebody may still ring when the thread has ended.")]
internal sealed class DeviceEngine : IDeviceEngine
{
    private const int SpinsBetweenLooks = 10;

    private readonly IDeviceWork _work;
    private readonly ManualResetEventSlim _woken = new(initialState: false, spinCount: 0);
    private readonly LookBudget _budget = new();
    private readonly int[]? _hardAffinity;
    private readonly Thread _thread;
    private bool _asleep;
    private bool _ended;

    /// <summary>Starts the thread.</summary>
    /// <param name="work">What the device does.</param>
    /// <param name="name">The thread's name.</param>
    /// <param name="hardAffinity">The processors that it runs on, checked; <see langword="null"/>: the system places it.</param>
    public DeviceEngine(IDeviceWork work, string name, int[]? hardAffinity = null)
    {
        _work = work;
        _hardAffinity = hardAffinity;
        _thread = new Thread(Run) { IsBackground = true, Name = name };
        _thread.Start();
    }

    /// <inheritdoc/>
    public bool IsCurrent => Thread.CurrentThread == _thread;

    /// <inheritdoc/>
    public void Wake()
    {
        // Its own thread is awake, and looks for work after what it is doing.
        if (IsCurrent)
            return;

        // ORDER full: the caller's work is seen before it is looked whether the device sleeps. Pairs with Interlocked.MemoryBarrier in DeviceEngine.FallAsleep.
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _asleep))
            _woken.Set();
    }

    /// <inheritdoc/>
    public void Stop()
    {
        Volatile.Write(ref _ended, true);
        _woken.Set();
        if (Thread.CurrentThread != _thread)
            _thread.Join();
    }

    private void Run()
    {
        HardAffinity.Keep(_hardAffinity);
        bool isLooking = false;
        while (!Volatile.Read(ref _ended))
        {
            if (_work.DoBatch())
            {
                isLooking = false;
            }
            else if (!isLooking)
            {
                isLooking = true;
                _budget.BeginLook();
            }
            else if (!_budget.IsOver)
            {
                Thread.SpinWait(SpinsBetweenLooks);
            }
            else
            {
                isLooking = false;
                FallAsleep();
            }
        }
    }

    private void FallAsleep()
    {
        _woken.Reset();

        // ORDER full: that the device sleeps is seen before it looks for work once more. Pairs with Interlocked.MemoryBarrier in DeviceEngine.Wake.
        Volatile.Write(ref _asleep, true);
        Interlocked.MemoryBarrier();
        if (!_work.AnnounceSleep() && !Volatile.Read(ref _ended))
            Sleep();
        Volatile.Write(ref _asleep, false);
    }

    private void Sleep()
    {
        _budget.BeginSleep();
        _woken.Wait();
        _budget.EndSleep();
    }
}
