using Iced.Intel;
using Vpio.Abi.Machines;
using Vpio.Abi.Operations;
using Vpio.Abi.Processes;
using static Iced.Intel.AssemblerRegisters;

namespace Vpio.AssembledGuests;

/// <summary>Is the guest agent of a virtual machine: does in its guest what domain 0 tells it by a mailbox, one thing after the other.</summary>
/// <remarks>RBX has the mailbox, R12 the machine info, R13 the call slot, for as long as it runs.</remarks>
public static class AssembledAgent
{
    private const uint LooksBeforeSleep = 2000;
    private const uint SleepUs = 200;

    /// <summary>Gets its image.</summary>
    public static ReadOnlyMemory<byte> Image { get; } = Write();

    private static byte[] Write()
    {
        MachineProgram program = new();
        Assembler code = program.Code;
        Label next = code.CreateLabel();
        Label done = code.CreateLabel();
        ComeUp(code);
        code.Label(ref next);
        AwaitTurn(program);
        foreach ((AgentOperation operation, Action<MachineProgram> does) in (ReadOnlySpan<(AgentOperation, Action<MachineProgram>)>)
            [(AgentOperation.Call, Call), (AgentOperation.Load, Load), (AgentOperation.Store, Store), (AgentOperation.Kick, Kick), (AgentOperation.End, End)])
        {
            Label other = code.CreateLabel();
            code.cmp(__dword_ptr[rbx + AgentMailbox.Operation], (uint)operation);
            code.jne(other);
            does(program);
            code.jmp(done);
            code.Label(ref other);
            code.nop();
        }

        code.Label(ref done);
        code.inc(__dword_ptr[rbx + AgentMailbox.Turn]); // Stores are seen in their order: what came of it before the turn.
        code.jmp(next);
        return program.ToImage();
    }

    private static void ComeUp(Assembler code)
    {
        code.mov(r12, rdi);
        code.mov(rbx, Info(nameof(MachineInfo.Application)));
        code.mov(r13, Info(nameof(MachineInfo.CallArea)));
        code.add(r13, CallArea.SlotsOffset);
        string[] places = [nameof(MachineInfo.DevicePage), nameof(MachineInfo.GuestPage), nameof(MachineInfo.Memory), nameof(MachineInfo.Windows), nameof(MachineInfo.WindowStrideBytes)];
        for (int i = 0; i < places.Length; i++)
        {
            code.mov(rax, Info(places[i]));
            code.mov(__qword_ptr[rbx + (AgentMailbox.Places + (i * sizeof(ulong)))], rax);
        }

        code.add(__dword_ptr[rbx + AgentMailbox.Turn], 2);
    }

    private static void AwaitTurn(MachineProgram program)
    {
        Assembler code = program.Code;
        Label again = code.CreateLabel();
        Label look = code.CreateLabel();
        Label ours = code.CreateLabel();
        code.nop();
        code.Label(ref again);
        code.mov(ecx, LooksBeforeSleep);
        code.Label(ref look);
        code.test(__dword_ptr[rbx + AgentMailbox.Turn], 1);
        code.jnz(ours);
        code.pause();
        code.dec(ecx);
        code.jnz(look);
        program.Out(MachinePort.Sleep, SleepUs);
        code.jmp(again);
        code.Label(ref ours);
        code.nop();
    }

    private static void Call(MachineProgram program)
    {
        Assembler code = program.Code;
        code.mov(eax, __dword_ptr[rbx + AgentMailbox.Width]);
        code.mov(__dword_ptr[r13 + Slot(nameof(CallSlot.Cmd))], eax);
        code.lea(rsi, __[rbx + AgentMailbox.Argument]);
        code.lea(rdi, __[r13 + Slot(nameof(CallSlot.Argument))]);
        Copy(code);
        program.Call();
        code.lea(rsi, __[r13 + Slot(nameof(CallSlot.Argument))]);
        code.lea(rdi, __[rbx + AgentMailbox.Argument]);
        Copy(code);
        code.mov(rax, __qword_ptr[r13 + Slot(nameof(CallSlot.Result))]);
        code.mov(__qword_ptr[rbx + AgentMailbox.Result], rax);
    }

    private static void Load(MachineProgram program) => EachWidth(program.Code, (code, width) =>
    {
        switch (width)
        {
            case 1:
                code.movzx(eax, __byte_ptr[rsi]);
                break;
            case 2:
                code.movzx(eax, __word_ptr[rsi]);
                break;
            case 4:
                code.mov(eax, __dword_ptr[rsi]);
                break;
            default:
                code.mov(rax, __qword_ptr[rsi]);
                break;
        }

        code.mov(__qword_ptr[rbx + AgentMailbox.Value], rax);
    });

    private static void Store(MachineProgram program) => EachWidth(program.Code, (code, width) =>
    {
        code.mov(rax, __qword_ptr[rbx + AgentMailbox.Value]);
        switch (width)
        {
            case 1:
                code.mov(__byte_ptr[rsi], al);
                break;
            case 2:
                code.mov(__word_ptr[rsi], ax);
                break;
            case 4:
                code.mov(__dword_ptr[rsi], eax);
                break;
            default:
                code.mov(__qword_ptr[rsi], rax);
                break;
        }
    });

    private static void Kick(MachineProgram program)
    {
        program.Code.mov(eax, __dword_ptr[rbx + AgentMailbox.Value]);
        program.Out(MachinePort.Kick);
    }

    private static void End(MachineProgram program)
    {
        program.Code.mov(eax, __dword_ptr[rbx + AgentMailbox.Value]);
        program.Out(MachinePort.End);
    }

    private static void EachWidth(Assembler code, Action<Assembler, int> access)
    {
        Label done = code.CreateLabel();
        code.mov(rsi, __qword_ptr[rbx + AgentMailbox.Address]);
        foreach (int width in (ReadOnlySpan<int>)[1, 2, 4, 8])
        {
            Label other = code.CreateLabel();
            code.cmp(__dword_ptr[rbx + AgentMailbox.Width], width);
            code.jne(other);
            access(code, width);
            code.jmp(done);
            code.Label(ref other);
            code.nop();
        }

        code.Label(ref done);
        code.nop();
    }

    private static void Copy(Assembler code)
    {
        code.mov(ecx, DeviceOpArgument.Size / sizeof(ulong));
        code.rep.movsq();
    }

    private static AssemblerMemoryOperand Info(string field) => __qword_ptr[r12 + (int)System.Runtime.InteropServices.Marshal.OffsetOf<MachineInfo>(field)];

    private static int Slot(string field) => (int)System.Runtime.InteropServices.Marshal.OffsetOf<CallSlot>(field);
}
