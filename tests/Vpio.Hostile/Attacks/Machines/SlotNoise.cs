using Iced.Intel;
using Vpio.Abi;
using Vpio.Abi.Operations;
using Vpio.Abi.Processes;
using static Iced.Intel.AssemblerRegisters;

namespace Vpio.Hostile.Attacks.Machines;

/// <summary>Makes every call there is and some that there are not, in every slot, while an interrupt rewrites the slots.</summary>
internal sealed class SlotNoise() : AssembledAttack("slot-noise", "all operations and unknown ones, in every call slot, with random and almost right arguments; interrupts rewrite the slots meanwhile")
{
    private const int CallsOfRound = 24;
    private const int PendingOffset = 64;

    private protected override void WriteRound(HostileCode code)
    {
        for (int i = 0; i < CallsOfRound; i++)
            WriteCall(code);
        code.Release();
    }

    private protected override void WriteHandler(HostileCode code)
    {
        Assembler assembler = code.Code;
        code.BeginUpcallHandler();
        foreach (AssemblerRegister64 register in (AssemblerRegister64[])[rax, rcx, rdi])
            assembler.push(register);
        assembler.mov(__byte_ptr[r12 + PendingOffset], 0);
        assembler.lea(rdi, __[rbp + HostileCode.SlotOffset((uint)code.Random.Next(CallArea.SlotCount)) + 64]);
        assembler.mov(rax, code.Random.NextInt64());
        assembler.mov(ecx, 4);
        assembler.cld();
        assembler.rep.stosq();
        foreach (AssemblerRegister64 register in (AssemblerRegister64[])[rdi, rcx, rax])
            assembler.pop(register);
        assembler.iretq();
    }

    private static void WriteCall(HostileCode code)
    {
        Random random = code.Random;
        uint cmd = random.Next(20) == 0 ? (uint)random.Next() : (uint)random.Next(9);
        ulong device = random.Next(6) == 0 ? (ulong)random.Next(70) : code.Device.Value;
        code.Call(cmd, Argument((DeviceOp)cmd, device, random), (uint)random.Next(CallArea.SlotCount));
    }

    private static DeviceOpArgument Argument(DeviceOp operation, ulong device, Random random)
    {
        ulong Number() => random.Next(4) == 0 ? (ulong)random.NextInt64(long.MinValue, long.MaxValue) : (ulong)random.Next(64) * 4096;
        return operation switch
        {
            DeviceOp.Negotiate => new() { Input0 = 1, Input1 = Number() },
            DeviceOp.Grab => new() { Input0 = device | ((ulong)random.Next(2) << 32) },
            DeviceOp.Wait => new() { Input0 = (ulong)random.Next(20_000) },
            DeviceOp.Map or DeviceOp.Unmap => new() { Input0 = Number(), Input1 = Number(), Input2 = Number(), Input3 = (ulong)random.Next(4) },
            _ => new() { Input0 = device, Input1 = Number() },
        };
    }
}
