using Iced.Intel;
using Vpio.Abi.Machines;
using static Iced.Intel.AssemblerRegisters;

namespace Vpio.Hostile.Attacks.Machines;

/// <summary>Uses its ports as nobody should: in and out, of every width, at every address among them, by string instructions, with every number.</summary>
internal sealed class PortNoise() : AssembledAttack("port-noise", "reads and writes its ports in every width and by string instructions; kicks every device; sleeps for odd times; calls in slots that there are not")
{
    private static readonly uint[] Numbers = [0, 1, 2, 15, 16, 62, 63, 64, 1000, 0x7FFF_FFFF, 0x8000_0000, uint.MaxValue];

    private protected override void WriteRound(HostileCode code)
    {
        for (int i = 0; i < 12; i++)
            WriteOne(code);
    }

    private static void WriteOne(HostileCode code)
    {
        uint number = Numbers[code.Random.Next(Numbers.Length)];
        switch (code.Random.Next(6))
        {
            case 0:
                code.Out(MachinePort.Kick, number);
                break;
            case 1:
                code.Out(MachinePort.Call, number < 16 ? number + 16 : number);
                break;
            case 2:
                code.Out(MachinePort.Sleep, number > 64 ? number % 50 : number);
                break;
            case 3:
                Strings(code);
                break;
            default:
                Odd(code);
                break;
        }

        code.Touch();
    }

    /// <summary>Any width, in or out, at any byte of the ports; but never a whole write to the port that ends it.</summary>
    private static void Odd(HostileCode code)
    {
        Assembler assembler = code.Code;
        assembler.mov(edx, (uint)MachinePort.Call + (uint)code.Random.Next(13));
        assembler.mov(eax, 16); // No slot, no device that it has, a short sleep.
        switch (code.Random.Next(5))
        {
            case 0:
                assembler.@out(dx, al);
                break;
            case 1:
                assembler.@out(dx, ax);
                break;
            case 2:
                assembler.@in(al, dx);
                break;
            case 3:
                assembler.@in(ax, dx);
                break;
            default:
                assembler.@in(eax, dx);
                break;
        }
    }

    private static void Strings(HostileCode code)
    {
        Assembler assembler = code.Code;
        assembler.mov(edx, (uint)(code.Random.Next(2) == 0 ? MachinePort.Kick : MachinePort.Call));
        assembler.mov(rsi, rbx);
        assembler.mov(rdi, rbx);
        assembler.mov(ecx, code.Random.Next(2, 40));
        assembler.cld();
        switch (code.Random.Next(3))
        {
            case 0:
                assembler.rep.outsd();
                break;
            case 1:
                assembler.rep.outsb();
                break;
            default:
                assembler.rep.insd();
                break;
        }
    }
}
