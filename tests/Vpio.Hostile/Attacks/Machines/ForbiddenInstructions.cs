using Iced.Intel;
using static Iced.Intel.AssemblerRegisters;

namespace Vpio.Hostile.Attacks.Machines;

/// <summary>Does one thing that ends a guest, or should do nothing: at once, while it waits for the device, or while it owns it.</summary>
internal sealed class ForbiddenInstructions() : AssembledAttack(
    "forbidden-instructions", "privileged and undefined instructions, exceptions, addresses where nothing is, the processor's own tables: at once, while it waits, or while it owns the device")
{
    private const int Tables = 0x1_0000;
    private const int TableBytes = 0xA000;

    private static readonly Action<Assembler>[] Deeds =
    [
        code => code.hlt(), code => code.cli(), code => code.sti(), code => code.ud2(), code => code.int3(), code => code.syscall(), code => code.sysenter(),
        code => code.wbinvd(), code => code.rdmsr(), code => code.wrmsr(), code => code.vmcall(), code => code.clts(), code => code.invd(), code => code.swapgs(),
        code => code.mov(cr3, rax), code => code.mov(rax, cr0), code => code.mov(dr7, rax), code => code.lidt(__[rbx]), code => code.lgdt(__[rbx]), code => code.ltr(ax),
        code => code.sidt(__[rbx]), code => code.sgdt(__[rbx]), code => code.iretq(), code => code.sysretq(), code => code.cpuid(), code => code.rdpmc(),
        code => code.@int(0x40), code => code.@int(0x80), code => code.@int(8), code => code.@int(2),
        code => { code.xor(ecx, ecx); code.div(rcx); },
        code => { code.mov(rax, 0xFFFF_8000_0000_0000); code.mov(rax, __[rax]); },
        code => { code.mov(rax, 0x1234_5678_9ABC_DEF0); code.jmp(rax); },
        code => { code.mov(eax, 0x3000_0000); code.jmp(rax); }, // Where nothing is.
        code => code.jmp(r11), // Into the registers.
        code => code.jmp(r13), // Into the device page.
        code => { code.xor(esp, esp); code.push(rax); },
        code => { code.mov(rsp, r13); code.push(rax); }, // A stack in the device page.
        code => { code.mov(rsp, r11); code.push(rax); },
        code => { code.mov(edx, 0x60); code.@in(al, dx); },
        code => { code.mov(edx, 0xCF8); code.@out(dx, eax); },
        code => { code.pushfq(); code.or(__qword_ptr[rsp], 0x100); code.popfq(); }, // Single step.
        code => { code.pushfq(); code.or(__qword_ptr[rsp], 0x4_3000); code.popfq(); }, // Alignment check, I/O privilege.
        code => { code.mov(ax, ss); code.mov(ds, ax); code.mov(fs, ax); },
        code => { code.mov(eax, 0x33); code.mov(ss, ax); },
    ];

    private protected override void WriteRound(HostileCode code)
    {
        switch (code.Random.Next(3))
        {
            case 0:
                code.Grab();
                break;
            case 1:
                code.Hold();
                break;
        }

        code.Touch();
        if (code.Random.Next(4) == 0)
            ReachTables(code);
        else
            Deeds[code.Random.Next(Deeds.Length)](code.Code);
    }

    private static void ReachTables(HostileCode code)
    {
        code.Code.mov(edi, Tables + code.Random.Next(TableBytes));
        if (code.Random.Next(2) == 0)
            code.Code.mov(al, __byte_ptr[rdi]);
        else
            code.Code.mov(__byte_ptr[rdi], 0xFF);
        code.Break(Breach.TablesReached);
    }
}
