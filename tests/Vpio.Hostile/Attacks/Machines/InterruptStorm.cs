using Iced.Intel;
using Vpio.Abi;
using static Iced.Intel.AssemblerRegisters;

namespace Vpio.Hostile.Attacks.Machines;

/// <summary>Is interrupted as often as it can be: masks and unmasks, takes the device and gives it back at once, in a handler that does as <paramref name="handler"/> says.</summary>
/// <param name="name">Its name, for the score sheet and the command line.</param>
/// <param name="description">What it does, in one line.</param>
/// <param name="handler">What its handler does.</param>
internal sealed class InterruptStorm(string name, string description, InterruptHandler handler) : AssembledAttack(name, description)
{
    private const int PendingOffset = 64;
    private const int MaskOffset = 65;
    private const int Interrupts = 8192; // In the guest's memory: how many it took.

    public override bool EndsByItself => handler != InterruptHandler.Spins;

    private protected override void WriteRound(HostileCode code)
    {
        if (handler == InterruptHandler.HasNoStack)
            code.Code.mov(rsp, (ulong)code.Random.NextInt64() & code.Random.Next(3) switch { 0 => ulong.MaxValue, 1 => 0x3FFF_FFF8, _ => 0x1_FFF8 });
        if (handler == InterruptHandler.Returns)
            AwaitInterrupt(code);
        code.Hold();
        for (int i = code.Random.Next(8); i >= 0; i--)
        {
            code.Code.mov(__byte_ptr[r12 + MaskOffset], code.Random.Next(2));
            code.Code.mov(__byte_ptr[r12 + PendingOffset], 0);
            code.Touch();
        }

        code.Code.mov(__byte_ptr[r12 + MaskOffset], 0);
        code.Release();
        code.Nap();
    }

    private protected override void WriteHandler(HostileCode code)
    {
        Assembler assembler = code.Code;
        code.BeginUpcallHandler();
        code.Touch();
        switch (handler)
        {
            case InterruptHandler.Faults:
                assembler.ud2();
                break;
            case InterruptHandler.NeverReturns:
                assembler.mov(__byte_ptr[r12 + PendingOffset], 0);
                code.JumpToRound(); // The stack grows down by a frame each time, through the program and what is below.
                break;
            case InterruptHandler.Spins:
                Label again = assembler.CreateLabel();
                assembler.Label(ref again);
                assembler.mov(__byte_ptr[r12 + PendingOffset], 0);
                assembler.jmp(again);
                break;
            default:
                assembler.mov(__byte_ptr[r12 + PendingOffset], 0);
                assembler.inc(__qword_ptr[rbx + Interrupts]);
                assembler.iretq();
                break;
        }
    }

    /// <summary>Is granted the device, and gives it back. If it had to wait for that, it goes on when an interrupt has come, and not before.</summary>
    private static void AwaitInterrupt(HostileCode code)
    {
        Assembler assembler = code.Code;
        assembler.mov(rsi, __qword_ptr[rbx + Interrupts]);
        assembler.mov(__byte_ptr[r12 + MaskOffset], 0);
        assembler.mov(__byte_ptr[r12 + PendingOffset], 0);
        code.Hold();
        assembler.mov(rdi, __qword_ptr[rbp + HostileCode.SlotOffset(0) + HostileCode.ResultOffset]);
        code.Release();
        assembler.cmp(rdi, (int)DeviceStatus.Queued);
        code.Unless(assembler.jne, () =>
        {
            Label again = assembler.CreateLabel();
            assembler.Label(ref again);
            assembler.pause();
            assembler.cmp(rsi, __qword_ptr[rbx + Interrupts]);
            assembler.je(again);
        });
    }
}
