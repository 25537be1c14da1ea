using System.Runtime.InteropServices;
using Iced.Intel;
using Vpio.Abi;
using Vpio.Abi.Operations;
using Vpio.Abi.Processes;
using Vpio.AssembledGuests;
using Vpio.Hypervisor.Guests.Machines;
using static Iced.Intel.AssemblerRegisters;

namespace Vpio.Machines.Tests;

/// <summary>Writes what programs of tests are made of. They change RAX, RCX and RDX; what a program found out it keeps in its memory, where the test reads it.</summary>
internal static class Steps
{
    private static readonly DeviceIndex TheDevice = new(0);

    /// <summary>Makes a hypercall, and keeps its result.</summary>
    public static void Call<TArgs>(this MachineProgram program, TArgs args, int keepAt = 0)
        where TArgs : unmanaged, IDeviceOpArgs
    {
        ulong slot = MachineMap.CallArea + CallArea.SlotsOffset;
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<TArgs, ulong>(new ReadOnlySpan<TArgs>(in args));
        program.Code.mov(__dword_ptr[slot + 4], (uint)args.Operation);
        for (int i = 0; i < DeviceOpArgument.InputSize / sizeof(ulong); i++)
        {
            program.Code.mov(rax, words[i]);
            program.Code.mov(__qword_ptr[slot + 64 + ((ulong)i * 8)], rax);
        }

        program.Call();
        program.Code.mov(rax, __qword_ptr[slot + 8]);
        program.Keep(rax, keepAt);
    }

    /// <summary>Asks for the device, and waits until it is granted.</summary>
    public static void Grab(this MachineProgram program)
    {
        program.Call(new GrabArgs { Device = TheDevice.Value, Flags = GrabArgs.Queue });
        program.AwaitHeld();
    }

    /// <summary>Waits, awake, until the guest owns the device.</summary>
    public static void AwaitHeld(this MachineProgram program)
    {
        Assembler code = program.Code;
        Label again = code.CreateLabel();
        Label held = code.CreateLabel();
        code.Label(ref again);
        code.pause();
        code.mov(rcx, __qword_ptr[WordAddress]);
        code.mov(rax, rcx);
        code.shr(rax, StateWord.OwnerShift);
        code.cmp(ax, __word_ptr[MachineMap.GuestPage + 8]);
        code.jne(again);
        code.movzx(eax, cl);
        code.cmp(eax, (uint)DeviceState.Owned);
        code.je(held);
        code.cmp(eax, (uint)DeviceState.Revoking);
        code.jne(again);
        code.Label(ref held);
        code.nop();
    }

    /// <summary>Gives the device back, in whatever generation the guest owns it.</summary>
    public static void Release(this MachineProgram program, int keepAt = 0)
    {
        Assembler code = program.Code;
        ulong slot = MachineMap.CallArea + CallArea.SlotsOffset;
        code.mov(__dword_ptr[slot + 4], (uint)DeviceOp.Release);
        code.mov(__qword_ptr[slot + 64], (int)TheDevice.Value);
        code.mov(rax, __qword_ptr[WordAddress]);
        code.shr(rax, StateWord.GenerationShift);
        code.mov(__qword_ptr[slot + 72], rax);
        code.mov(__qword_ptr[slot + 80], 0);
        code.mov(__qword_ptr[slot + 88], 0);
        program.Call();
        code.mov(rax, __qword_ptr[slot + 8]);
        program.Keep(rax, keepAt);
    }

    /// <summary>Reads a register of the device, and keeps what it showed.</summary>
    public static void ReadRegister(this MachineProgram program, uint register, int keepAt)
    {
        program.Code.mov(eax, __dword_ptr[RegisterAddress(register)]);
        program.Keep(rax, keepAt);
    }

    /// <summary>Writes a register of the device.</summary>
    public static void WriteRegister(this MachineProgram program, uint register, uint value) =>
        program.Code.mov(__dword_ptr[RegisterAddress(register)], value);

    /// <summary>Keeps a register of the processor in the guest's memory.</summary>
    public static void Keep(this MachineProgram program, AssemblerRegister64 register, int at) =>
        program.Code.mov(__qword_ptr[MachineMap.Memory + ((ulong)at * 8)], register);

    /// <summary>Waits, awake, until the test says so, by a word of the guest's memory.</summary>
    public static void AwaitSignal(this MachineProgram program, int at)
    {
        Label again = program.Code.CreateLabel();
        program.Code.Label(ref again);
        program.Code.pause();
        program.Code.cmp(__qword_ptr[MachineMap.Memory + ((ulong)at * 8)], 0);
        program.Code.je(again);
    }

    /// <summary>Never leaves again.</summary>
    public static void Spin(this MachineProgram program)
    {
        Label again = program.Code.CreateLabel();
        program.Code.Label(ref again);
        program.Code.jmp(again);
    }

    public static ulong RegisterAddress(uint register) => MachineMap.WindowOf(TheDevice) + register;

    private static ulong WordAddress => MachineMap.DevicePage + DevicePage.SlotsOffset;
}
