using System.Diagnostics.CodeAnalysis;
using Vpio.Abi;
using Vpio.Hypervisor.Scheduling;

namespace Vpio.Hypervisor.Guests.Machines;

/// <summary>Looks after one guest in a virtual machine, on the thread that its processor runs on: starts it, does what it leaves the guest for, and takes everything from it when it is at its end.</summary>
/// <remarks>At the end in this order: the guest is stopped; the windows know no machine any more; nobody interrupts the thread any more; run structure, processor, machine; then the memory.</remarks>
internal sealed class MachineKeeper : IGuestBody
{
    private const int StackBytes = 256 * 1024;

    private readonly MachineMemory _memory;
    private readonly int? _kvmDescriptor;
    private readonly StrayAccess _strayAccess;
    private readonly int[]? _hardAffinity;
    private readonly MachineWindows _windows;
    private readonly ExitCounts _counts = new();
    private readonly TaskCompletionSource<MachineExit> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private MachineDoor? _door;
    private CpuThread? _thread;
    private int _interruptDue;
    private int _inGuest;
    private bool _stopped;

    /// <summary>Makes the keeper of a guest that is not started yet.</summary>
    /// <param name="memory">What the machine has.</param>
    /// <param name="image">How it treats the guest.</param>
    /// <param name="hardAffinity">The processors that its own runs on, taken over; <see langword="null"/>: the system places it.</param>
    /// <param name="kvmDescriptor">An inherited descriptor of KVM; <see langword="null"/>: it is opened by name.</param>
    public MachineKeeper(MachineMemory memory, GuestImage image, int[]? hardAffinity, int? kvmDescriptor)
    {
        _memory = memory;
        _kvmDescriptor = kvmDescriptor;
        _strayAccess = image.StrayAccess;
        _hardAffinity = hardAffinity;
        _windows = new MachineWindows(image.Registers == RegisterAccess.Direct);
    }

    /// <inheritdoc/>
    public bool IsMortal => true;

    /// <summary>Gets the guest, from right after the keeper was made on.</summary>
    public Guest Guest { get; set; } = null!;

    /// <summary>Gets how the machine ended, once it is gone and everything was taken from the guest.</summary>
    public Task<MachineExit> Ended => _ended.Task;

    /// <summary>Gets why it left the guest so far.</summary>
    public MachineStatistics Statistics => _counts.Read();

    /// <summary>Gets how fast the guest's counter runs, ticks a second; 0 before the start.</summary>
    public long CounterFrequency { get; private set; }

    /// <summary>Makes the machine and starts it.</summary>
    /// <exception cref="IOException">KVM is not to be had, or has no room for another machine.</exception>
    public void Start()
    {
        VirtualMachine? machine = null;
        VirtualCpu? cpu = null;
        try
        {
            CpuThread.Prepare();
            using Kvm kvm = Kvm.Open(_kvmDescriptor);
            machine = kvm.CreateMachine();
            _memory.MapInto(machine);
            cpu = machine.CreateCpu();
            _memory.Enter(cpu);
            CounterFrequency = cpu.TscFrequency;
            _door = new MachineDoor(Guest, _memory.Calls, _windows, _counts, _strayAccess);
            new Thread(() => Live(machine, cpu), StackBytes) { IsBackground = true, Name = $"vpio cpu {Guest.Id}" }.Start();
        }
        catch (Exception failure)
        {
            cpu?.Dispose();
            machine?.Dispose();
            Guest.Stop();
            _ended.SetResult(new MachineExit(null, failure.Message)); // Who removes the guest waits for that.
            throw;
        }
    }

    /// <inheritdoc/>
    public void Notify()
    {
        if (_door is not { } door)
            return;
        door.WakeSleep();
        if (!_memory.WantsInterrupts)
            return;

        // ORDER full: that there is something to interrupt for is seen before it is looked whether the guest runs. Pairs with Interlocked.Exchange in MachineKeeper.RunOnce.
        Interlocked.Exchange(ref _interruptDue, 1);
        if (Volatile.Read(ref _inGuest) != 0)
            Volatile.Read(ref _thread)?.Interrupt();
    }

    /// <inheritdoc/>
    public void WindowBegan(Assignment assignment) => _windows.Add(assignment);

    /// <inheritdoc/>
    public void WindowEnded(DeviceIndex device) => _windows.Remove(device);

    /// <inheritdoc/>
    public void OwnershipBegan(DeviceIndex device, StateWord owned) => _windows.Open(device, owned);

    /// <inheritdoc/>
    public void OwnershipEnded(DeviceIndex device) => _windows.Close(device);

    /// <inheritdoc/>
    public void Stop()
    {
        Volatile.Write(ref _stopped, true);
        _door?.EndSleeps();

        // ORDER full: the stop is seen before the thread is looked for; a thread that is published later looks at the stop. Pairs with Interlocked.Exchange in MachineKeeper.RunOnce.
        Interlocked.MemoryBarrier();
        Volatile.Read(ref _thread)?.Interrupt();
    }

    private void Live(VirtualMachine machine, VirtualCpu cpu)
    {
        HardAffinity.Keep(_hardAffinity);
        PromptThread.Become(); // A guest that is granted a device is let in where the one before it still runs.
        CpuThread thread = new(cpu);
        Volatile.Write(ref _thread, thread);
        _windows.Serve(machine);
        MachineExit exit = Run(cpu);
        Guest.Stop();
        _windows.Serve(null);
        thread.Leave();
        cpu.Dispose();
        machine.Dispose();
        _ended.SetResult(exit);
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "A device with a fault of its own may be called from here: that is the end of this machine, and of no other.")]
    private MachineExit Run(VirtualCpu cpu)
    {
        CpuRun run = new(cpu, _door!, _windows, _counts);
        try
        {
            while (true)
            {
                if (RunOnce(cpu, run) is { } exit)
                    return exit;
            }
        }
        catch (Exception failure)
        {
            return new MachineExit(null, failure.Message);
        }
    }

    private MachineExit? RunOnce(VirtualCpu cpu, CpuRun run)
    {
        // ORDER full: that the guest runs is seen before it is looked what there is for it. Pairs with Interlocked.Exchange in MachineKeeper.Notify.
        Interlocked.Exchange(ref _inGuest, 1);
        if (Volatile.Read(ref _stopped))
            return new MachineExit(null, "stopped by force");
        if (Volatile.Read(ref _interruptDue) != 0)
            OfferInterrupt(cpu);
        int error = cpu.Run();
        Volatile.Write(ref _inGuest, 0);
        return run.Follow(error);
    }

    private void OfferInterrupt(VirtualCpu cpu)
    {
        bool isReady = cpu.Exit.ReadyForInterruptInjection != 0;
        cpu.Exit.RequestInterruptWindow = (byte)(isReady ? 0 : 1);
        if (!isReady)
            return;
        Volatile.Write(ref _interruptDue, 0);
        if (cpu.TryInterrupt(LongMode.UpcallVector))
            _counts.Interrupt();
    }
}
