using Iced.Intel;
using static Iced.Intel.AssemblerRegisters;

namespace Vpio.Hostile.Attacks.Machines;

/// <summary>Writes all over the device page and the info page, and looks whether anything stays.</summary>
internal sealed class ReadOnlyPages() : AssembledAttack("read-only-pages", "writes all over the device page and the info page, in every width and by string instructions")
{
    private const int PageBytes = 4096;

    private protected override void WriteRound(HostileCode code)
    {
        foreach (AssemblerRegister64 page in (AssemblerRegister64[])[r13, r15])
        {
            WriteOpposite(code, page, code.Random.Next(PageBytes - sizeof(ulong) + 1));
            WriteOpposite(code, page, code.Random.Next(24) * sizeof(ulong)); // Where the words are that count.
            code.Code.lea(rdi, __[page + code.Random.Next(PageBytes - 64)]);
            code.Code.mov(ecx, code.Random.Next(1, 16));
            code.Code.rep.stosb();
            code.Touch();
            code.Draw();
            code.Code.@lock.cmpxchg(__dword_ptr[page + (code.Random.Next(PageBytes / 4) * 4)], ecx);
            code.Touch();
        }

        code.Code.mov(eax, __dword_ptr[r15]);
        code.Code.cmp(eax, (int)Vpio.Abi.Machines.MachineInfo.MagicValue);
        code.BreakIfNotEqual(Breach.ReadOnlyChanged);
    }

    private static void WriteOpposite(HostileCode code, AssemblerRegister64 page, int offset)
    {
        code.Code.mov(rax, __qword_ptr[page + offset]);
        code.Code.not(rax);
        code.Code.mov(__qword_ptr[page + offset], rax);
        code.Code.cmp(rax, __qword_ptr[page + offset]);
        code.Unless(code.Code.jne, () => code.Break(Breach.ReadOnlyChanged));
        code.Touch();
    }
}
