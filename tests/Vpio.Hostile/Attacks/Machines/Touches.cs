using Iced.Intel;
using Vpio.Abi.Network;
using static Iced.Intel.AssemblerRegisters;

namespace Vpio.Hostile.Attacks.Machines;

/// <summary>Writes accesses to a register window as no driver makes them: of every width, at every alignment, by string and vector instructions, over its edges.</summary>
internal static class Touches
{
    private const int WindowBytes = (int)NicRegister.WindowBytes;

    private static readonly int[] Registers =
        [(int)NicRegister.Control, (int)NicRegister.TxTail, (int)NicRegister.RxTail, (int)NicRegister.TxRingEntries, (int)NicRegister.RxRingIova, (int)NicRegister.InterruptArm, (int)NicRegister.MacAddress, 0];

    /// <summary>Writes one access to the window at R11, of any kind.</summary>
    public static void Any(HostileCode code)
    {
        switch (code.Random.Next(8))
        {
            case 0:
                Move(code);
                break;
            case 1:
                Strings(code);
                break;
            case 2:
                Vector(code);
                break;
            case 3:
                Exchange(code);
                break;
            default:
                Scalar(code);
                break;
        }

        code.Touch();
    }

    /// <summary>Writes reads of every width, each of which must be all ones.</summary>
    public static void ReadNothing(HostileCode code)
    {
        Assembler assembler = code.Code;
        int offset = Offset(code, sizeof(ulong));
        assembler.mov(rax, __qword_ptr[r11 + offset]);
        assembler.cmp(rax, -1);
        code.BreakIfNotEqual(Breach.DeadWindowAnswered);
        assembler.mov(eax, __dword_ptr[r11 + (int)NicRegister.Identity]);
        assembler.cmp(eax, -1);
        code.BreakIfNotEqual(Breach.DeadWindowAnswered);
        assembler.movzx(eax, __word_ptr[r11 + offset]);
        assembler.cmp(eax, ushort.MaxValue);
        code.BreakIfNotEqual(Breach.DeadWindowAnswered);
        assembler.movzx(eax, __byte_ptr[r11 + offset]);
        assembler.cmp(eax, byte.MaxValue);
        code.BreakIfNotEqual(Breach.DeadWindowAnswered);
        code.Touch();
    }

    private static int Offset(HostileCode code, int length) => code.Random.Next(4) switch
    {
        0 => code.Random.Next(WindowBytes - length + 1),
        1 => WindowBytes - length,
        _ => Registers[code.Random.Next(Registers.Length)],
    };

    private static void Scalar(HostileCode code)
    {
        Assembler assembler = code.Code;
        int offset = Offset(code, sizeof(ulong)) + (code.Random.Next(4) == 0 ? code.Random.Next(sizeof(ulong)) : 0); // Over the edge, too.
        code.Draw();
        switch (code.Random.Next(7))
        {
            case 0:
                assembler.mov(__byte_ptr[r11 + offset], al);
                break;
            case 1:
                assembler.mov(__word_ptr[r11 + offset], ax);
                break;
            case 2:
                assembler.mov(__dword_ptr[r11 + offset], eax);
                break;
            case 3:
                assembler.mov(__qword_ptr[r11 + offset], rax);
                break;
            case 4:
                assembler.mov(al, __byte_ptr[r11 + offset]);
                break;
            case 5:
                assembler.mov(eax, __dword_ptr[r11 + offset]);
                break;
            default:
                assembler.mov(rax, __qword_ptr[r11 + offset]);
                break;
        }
    }

    /// <summary>Copies from the window to memory, to the window, or from it to the next one, over its end.</summary>
    private static void Move(HostileCode code)
    {
        Assembler assembler = code.Code;
        int length = code.Random.Next(1, 64);
        assembler.lea(rsi, __[r11 + (WindowBytes - code.Random.Next(1, 64))]);
        assembler.lea(rdi, code.Random.Next(3) == 0 ? __[rbx + 256] : __[r11 + (code.Random.Next(2) * 0x1_0000) + code.Random.Next(WindowBytes)]);
        if (code.Random.Next(2) == 0)
            assembler.xchg(rsi, rdi);
        assembler.mov(ecx, length);
        assembler.cld();
        assembler.rep.movsb();
    }

    private static void Strings(HostileCode code)
    {
        Assembler assembler = code.Code;
        assembler.lea(rdi, __[r11 + (WindowBytes - code.Random.Next(1, 128))]);
        assembler.mov(rax, code.Random.NextInt64());
        assembler.mov(ecx, code.Random.Next(1, 32));
        bool down = code.Random.Next(2) == 0;
        if (down)
            assembler.std();
        if (code.Random.Next(2) == 0)
            assembler.rep.stosq();
        else
            assembler.rep.stosd();
        assembler.cld();
    }

    private static void Vector(HostileCode code)
    {
        int offset = Offset(code, 16) & ~15;
        if (code.Random.Next(2) == 0)
            code.Code.movdqu(__xmmword_ptr[r11 + offset], xmm0);
        else
            code.Code.movdqu(xmm0, __xmmword_ptr[r11 + offset]);
    }

    private static void Exchange(HostileCode code)
    {
        int offset = Offset(code, sizeof(ulong)) & ~7;
        code.Draw();
        if (code.Random.Next(2) == 0)
            code.Code.xchg(__dword_ptr[r11 + offset], eax);
        else
            code.Code.@lock.xadd(__qword_ptr[r11 + offset], rax);
    }
}
