using Vpio.Abi.Machines;
using static Iced.Intel.AssemblerRegisters;

namespace Vpio.Hostile.Attacks.Machines;

/// <summary>Calls, sleeps, spins, waits for the device and holds it, and touches what is its and what is not, in an order of its own: for domain 0 to end it anywhere.</summary>
internal sealed class Medley() : AssembledAttack("medley", "calls, sleeps, spins, waits for the device, holds it, touches registers, in any order")
{
    private protected override void WriteRound(HostileCode code)
    {
        for (int i = 0; i < 10; i++)
            WriteOne(code);
        code.Release();
    }

    private static void WriteOne(HostileCode code)
    {
        code.Touch();
        switch (code.Random.Next(7))
        {
            case 0:
                code.Hold();
                break;
            case 1:
                code.Release();
                break;
            case 2:
                code.Grab();
                break;
            case 3:
                code.Out(MachinePort.Sleep, (uint)code.Random.Next(400));
                break;
            case 4:
                code.Call(new Vpio.Abi.Operations.WaitArgs { TimeoutNs = (ulong)code.Random.Next(400_000) });
                break;
            case 5:
                Spin(code);
                break;
            default:
                Touches.Any(code);
                break;
        }
    }

    private static void Spin(HostileCode code)
    {
        code.Code.mov(ecx, code.Random.Next(1, 200_000));
        Iced.Intel.Label again = code.Code.CreateLabel();
        code.Code.Label(ref again);
        code.Code.dec(ecx);
        code.Code.jne(again);
    }
}
