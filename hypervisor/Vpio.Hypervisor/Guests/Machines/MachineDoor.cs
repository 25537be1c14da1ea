using System.Diagnostics;
using Vpio.Abi;
using Vpio.Abi.Layout;
using Vpio.Abi.Machines;
using Vpio.Abi.Processes;
using Vpio.Abi.Processes.Linux;
using Vpio.Hypervisor.Hypercalls;
using Vpio.Hypervisor.Memory;

namespace Vpio.Hypervisor.Guests.Machines;

/// <summary>Does what a virtual machine leaves its guest for: hypercalls, and accesses to what it does not have.</summary>
/// <remarks>Threads: the processor's, which stands still meanwhile; <see cref="WakeSleep"/> and <see cref="EndSleeps"/> any.</remarks>
internal sealed class MachineDoor
{
    private const long MaxSleepUs = 1_000_000;
    private const long NsPerUs = 1000;
    private const ulong AllOnes = ulong.MaxValue;

    private readonly Guest _guest;
    private readonly Mapping _calls;
    private readonly MachineWindows _windows;
    private readonly ExitCounts _counts;
    private readonly StrayAccess _policy;

    // The kernel is given its address while the processor's thread sleeps: nothing may move it.
    [SharedWord]
    private readonly uint[] _ended = GC.AllocateArray<uint>(1, pinned: true);

    private int _asleep;

    /// <summary>Opens the door.</summary>
    /// <param name="guest">The guest.</param>
    /// <param name="calls">The hypervisor's mapping of its call area.</param>
    /// <param name="windows">Its register windows.</param>
    /// <param name="counts">Where exits are counted.</param>
    /// <param name="policy">What comes of stray accesses.</param>
    public MachineDoor(Guest guest, Mapping calls, MachineWindows windows, ExitCounts counts, StrayAccess policy)
    {
        _guest = guest;
        _calls = calls;
        _windows = windows;
        _counts = counts;
        _policy = policy;
    }

    /// <summary>Does what an access to a port asks for.</summary>
    /// <param name="cpu">The processor, right after the exit.</param>
    /// <returns>How the machine ends by it; <see langword="null"/>: it goes on.</returns>
    public MachineExit? PassPort(VirtualCpu cpu)
    {
        KvmPortAccess access = cpu.Exit.Io;
        bool isOurs = access is { Direction: KvmPortAccess.Out, Size: sizeof(uint), Count: 1 };
        uint value = isOurs ? cpu.PortData : 0;
        switch (isOurs ? (MachinePort)access.Port : MachinePort.None)
        {
            case MachinePort.Call:
                _counts.Call();
                Call(value);
                return null;
            case MachinePort.Kick:
                _counts.Kick();
                _guest.Kick(new DeviceIndex(value));
                return null;
            case MachinePort.Sleep:
                _counts.Sleep();
                Sleep(value);
                return null;
            case MachinePort.End:
                return new MachineExit((int)value, null);
            default:
                if (access.Direction != KvmPortAccess.Out)
                    cpu.AnswerNothing();
                return Stray($"port 0x{access.Port:x}");
        }
    }

    /// <summary>Makes an access to memory for the guest, or says that there is nothing.</summary>
    /// <param name="cpu">The processor, right after the exit.</param>
    /// <returns>How the machine ends by it; <see langword="null"/>: it goes on.</returns>
    public MachineExit? PassMemory(VirtualCpu cpu)
    {
        ref KvmMemoryAccess access = ref cpu.Exit.Mmio;
        if (MachineMap.TryFindWindow(access.PhysAddr, out DeviceIndex device, out uint offset)
            && _windows.TryAccess(device, offset, ref access))
        {
            _counts.RegisterAccess();
            _windows.GiveBack(device);
            return null;
        }

        if (access.IsWrite == 0)
            access.Data = AllOnes;
        return Stray($"address 0x{access.PhysAddr:x}");
    }

    /// <summary>Wakes the guest if it sleeps; the caller has counted the notification before.</summary>
    public void WakeSleep()
    {
        if (Volatile.Read(ref _asleep) != 0)
            Futex.Wake(ref NotifySequence);
    }

    /// <summary>Ends its sleep, and those to come.</summary>
    public void EndSleeps()
    {
        Volatile.Write(ref _ended[0], 1);
        Futex.WakeAll(ref _ended[0]);
    }

    [SharedWord]
    private ref uint NotifySequence => ref _guest.Pages.Page.At<GuestPage>(0).NotifySequence;

    private void Call(uint index)
    {
        if (index >= CallArea.SlotCount)
            return;
        ref CallSlot slot = ref CallArea.Slot(ref _calls.At<CallArea>(0), (int)index);
        slot.Result = unchecked((ulong)HypercallDoor.Call(_guest, Volatile.Read(ref slot.Cmd), ref slot.Argument));
    }

    private void Sleep(uint microseconds)
    {
        // ORDER full: the sleep is seen before the count of notifications is read. Pairs with Interlocked.Increment in UpcallLine.Notify.
        Interlocked.Exchange(ref _asleep, 1);
        uint seen = Volatile.Read(ref NotifySequence);
        // On Linux the stopwatch is the monotonic clock, in nanoseconds.
        long untilNs = Stopwatch.GetTimestamp() + (Math.Min(microseconds, MaxSleepUs) * NsPerUs);
        Futex.Wait(ref NotifySequence, seen, ref _ended[0], 0, untilNs);
        Volatile.Write(ref _asleep, 0);
    }

    private MachineExit? Stray(string what)
    {
        _counts.StrayAccess();
        return _policy == StrayAccess.Stop ? new MachineExit(null, $"stopped for an access to {what}, where nothing is for it") : null;
    }
}
