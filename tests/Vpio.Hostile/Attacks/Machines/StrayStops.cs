using Vpio.Abi.Machines;
using Vpio.Abi.Network;
using static Iced.Intel.AssemblerRegisters;

namespace Vpio.Hostile.Attacks.Machines;

/// <summary>Makes one access to what is not there for it, where that is the end: before an ownership, while it waits for one, or after it.</summary>
internal sealed class StrayStops() : AssembledAttack("stray-stops", "makes one access to what is not there, where that is the end of the guest")
{
    private protected override void WriteRound(HostileCode code)
    {
        bool mayOwn = code.Random.Next(3) == 0;
        switch (code.Random.Next(mayOwn ? 1 : 2))
        {
            case 0 when mayOwn:
                code.Grab();
                break;
            case 0:
                code.Hold();
                code.Release();
                break;
        }

        switch (code.Random.Next(6))
        {
            case 0:
                code.Code.mov(__byte_ptr[r13 + code.Random.Next(4096)], 1); // The device page.
                break;
            case 1:
                code.Code.mov(__byte_ptr[r15 + code.Random.Next(4096)], 1); // The info.
                break;
            case 2:
                code.Code.mov(al, __byte_ptr[r15 + 0x3000 + code.Random.Next(4096)]); // Behind the call area: nothing.
                break;
            case 3:
                code.Code.mov(edx, (uint)MachinePort.Sleep);
                code.Code.@in(eax, dx);
                break;
            default:
                int first = mayOwn ? (int)NicRegister.WindowBytes : 0;
                code.Code.mov(__dword_ptr[r11 + (code.Random.Next(first, 0x1_0000) & ~3)], 1); // The window, or behind it.
                break;
        }

        code.Break(Breach.LivedOn);
    }
}
