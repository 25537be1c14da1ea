using Iced.Intel;
using Vpio.Abi.Network;
using Vpio.Abi.Operations;
using static Iced.Intel.AssemblerRegisters;

namespace Vpio.Hostile.Attacks.Machines;

/// <summary>Has the device work on rings and descriptors that are random numbers, and looks at the end whether it brought something of a neighbour's.</summary>
internal sealed class RingNoise() : AssembledAttack("ring-noise", "rings, tails and descriptors of random numbers, written by the processor while the device reads them")
{
    private const ulong Iova = 0x10_0000;
    private const int RingBytes = 0x2000;

    private static readonly int[] Numbers = [(int)NicRegister.TxTail, (int)NicRegister.RxTail, (int)NicRegister.TxRingEntries, (int)NicRegister.RxRingEntries, (int)NicRegister.InterruptArm];

    private protected override void WriteRound(HostileCode code)
    {
        code.Call(new MapArgs { Iova = Iova, Address = 0, Length = 0x10_0000, Access = (uint)DmaAccess.ReadWrite });
        code.Hold();
        Assembler assembler = code.Code;
        SetUp(assembler);
        for (int i = 0; i < 60; i++)
            Spoil(code);
        code.Release();
    }

    private static void SetUp(Assembler code)
    {
        code.mov(__dword_ptr[r11 + (int)NicRegister.Control], 0);
        code.mov(eax, (uint)Iova);
        code.mov(__qword_ptr[r11 + (int)NicRegister.TxRingIova], rax);
        code.add(eax, RingBytes / 2);
        code.mov(__qword_ptr[r11 + (int)NicRegister.RxRingIova], rax);
        code.mov(__dword_ptr[r11 + (int)NicRegister.TxRingEntries], 64);
        code.mov(__dword_ptr[r11 + (int)NicRegister.RxRingEntries], 64);
        code.mov(__dword_ptr[r11 + (int)NicRegister.RxTail], 64);
        code.mov(__dword_ptr[r11 + (int)NicRegister.Control], (int)(NicControl.TxEnable | NicControl.RxEnable));
    }

    private static void Spoil(HostileCode code)
    {
        Assembler assembler = code.Code;
        code.Draw();
        switch (code.Random.Next(5))
        {
            case 0:
                assembler.mov(__dword_ptr[r11 + Numbers[code.Random.Next(Numbers.Length)]], code.Random.Next(3) == 0 ? code.Random.Next() : code.Random.Next(256));
                break;
            case 1:
                code.Out(Vpio.Abi.Machines.MachinePort.Kick, code.Device.Value);
                break;
            case 2:
                assembler.mov(__qword_ptr[rbx + (code.Random.Next(RingBytes / 8) * 8)], rax);
                break;
            default:
                assembler.and(eax, 0x1F_FFFF); // A descriptor's address: within its memory, or behind.
                assembler.mov(__qword_ptr[rbx + (code.Random.Next(RingBytes / 16) * 16)], rax);
                assembler.mov(__qword_ptr[rbx + ((code.Random.Next(RingBytes / 16) * 16) + 8)], code.Random.Next(2048));
                break;
        }

        code.Touch();
    }
}
