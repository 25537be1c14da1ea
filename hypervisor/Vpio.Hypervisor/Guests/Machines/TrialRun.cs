using System.Diagnostics;
using Vpio.Abi.Machines;
using Vpio.Hypervisor.Memory;

namespace Vpio.Hypervisor.Guests.Machines;

/// <summary>Runs a few instructions in a machine of their own: whether they are run as they should, and by the processor rather than by an interpreter.</summary>
internal static class TrialRun
{
    private const int Passes = 20_000;
    private const double MostNsPerPass = 100;
    private const int Tries = 3;
    private const uint Slot = 7;
    private const int ProgramBytes = 4096;

    /// <summary>Tries it.</summary>
    /// <param name="kvm">The hypervisor.</param>
    /// <returns>Why guests cannot be run, in one sentence without its full stop; <see langword="null"/> when they can.</returns>
    /// <exception cref="IOException">A machine cannot be made.</exception>
    public static string? WhyNot(Kvm kvm)
    {
        SharedRegion tables = new(LongMode.TableBytes, guestsWrite: true);
        SharedRegion program = new(ProgramBytes, guestsWrite: true);
        try
        {
            LongMode.WriteTables(tables.Hypervisor.Bytes(0, LongMode.TableBytes), upcallHandler: 0);
            Code.CopyTo(program.Hypervisor.Bytes(0, Code.Length));
            using VirtualMachine machine = kvm.CreateMachine();
            machine.Map(MachineMap.SystemSlot, MachineMap.System, tables.Hypervisor);
            machine.Map(Slot, MachineImage.LoadAddress, program.Hypervisor);
            using VirtualCpu cpu = machine.CreateCpu();
            cpu.SystemRegisters = LongMode.Set(cpu.SystemRegisters);
            cpu.Registers = LongMode.Entry(new MachineImage { Entry = MachineImage.LoadAddress, StackTop = MachineImage.LoadAddress + ProgramBytes });
            return WhyNot(cpu);
        }
        finally
        {
            tables.Close();
            program.Close();
        }
    }

    // mov edx, 0x5600; again: mov ecx, 20000; loop: mov rax, [rsp]; dec ecx; jnz loop; mov eax, edx; out dx, eax; jmp again
    private static ReadOnlySpan<byte> Code =>
        [0xBA, 0x00, 0x56, 0x00, 0x00, 0xB9, 0x20, 0x4E, 0x00, 0x00, 0x48, 0x8B, 0x04, 0x24, 0xFF, 0xC9, 0x75, 0xF8, 0x89, 0xD0, 0xEF, 0xEB, 0xEE];

    private static string? WhyNot(VirtualCpu cpu)
    {
        double leastNs = double.MaxValue;
        for (int i = 0; i < Tries; i++)
        {
            long since = Stopwatch.GetTimestamp();
            int error = cpu.Run();
            leastNs = Math.Min(leastNs, Stopwatch.GetElapsedTime(since).TotalNanoseconds / Passes);
            if (error != 0 || cpu.Exit.ExitReason != KvmExitReason.Io || cpu.Exit.Io.Port != (ushort)MachinePort.Call || cpu.PortData != (uint)MachinePort.Call)
                return $"a program of a few instructions did not run as it should (error {error}, exit {(uint)cpu.Exit.ExitReason})";
        }

        return leastNs <= MostNsPerPass ? null : $"this KVM interprets programs: {leastNs:0} ns for one pass of a loop of three instructions, and {MostNsPerPass:0} are the most that is of use";
    }
}
