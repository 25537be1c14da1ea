using System.ComponentModel;

namespace Vpio.Hypervisor.Guests.Machines;

/// <summary>Follows what a processor did, run by run: what it left the guest for is done, or ends the machine.</summary>
internal sealed class CpuRun(VirtualCpu cpu, MachineDoor door, MachineWindows windows, ExitCounts counts)
{
    private const int Interrupted = 4;
    private const int TryAgain = 11;
    private const int BadAddress = 14;

    // Windows may be opened and closed between an access and the look at it, each time by an ownership of the guest's. Never so often.
    private const int MaxFaultsInSuccession = 1000;

    private int _faults;

    /// <summary>Follows a run.</summary>
    /// <param name="error">How it ended: 0 for an exit, else an error.</param>
    /// <returns>How the machine ends by it; <see langword="null"/>: it goes on.</returns>
    /// <exception cref="IOException">KVM tells nonsense.</exception>
    public MachineExit? Follow(int error)
    {
        switch (error)
        {
            case 0:
                _faults = 0;
                return FollowExit();
            case Interrupted or TryAgain:
                counts.Interruption();
                cpu.EnterAgain();
                return null;
            case BadAddress:
                counts.Fault();
                return windows.TakeClosedAway() || ++_faults < MaxFaultsInSuccession ? null : Failure("its memory cannot be reached");
            default:
                return Failure(new Win32Exception(error).Message);
        }
    }

    private MachineExit? FollowExit()
    {
        switch (cpu.Exit.ExitReason)
        {
            case KvmExitReason.Io:
                return door.PassPort(cpu);
            case KvmExitReason.Mmio:
                return door.PassMemory(cpu);
            case KvmExitReason.IrqWindowOpen:
                counts.Interruption();
                return null;
            case KvmExitReason.Shutdown:
                return Failure("an exception, or an instruction that needs more than CPL 3");
            case KvmExitReason.InternalError:
                return Failure($"an instruction that KVM cannot emulate (suberror {cpu.Exit.Suberror})");
            case KvmExitReason.FailEntry:
                return Failure($"the processor refuses to enter (0x{cpu.Exit.HardwareEntryFailureReason:x})");
            default:
                return Failure($"exit {(uint)cpu.Exit.ExitReason} of KVM");
        }
    }

    private MachineExit Failure(string why) => new(null, $"{why}, at 0x{cpu.Registers.Rip:x}");
}
