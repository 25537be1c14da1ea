using Vpio.Abi.Network;
using static Iced.Intel.AssemblerRegisters;

namespace Vpio.Hostile.Attacks.Machines;

/// <summary>Touches the registers before, during and after each ownership in every way there is, and looks that nothing of the time between reaches the next.</summary>
internal sealed class WindowTouches() : AssembledAttack("window-touches", "touches registers before, during and long after each ownership, in every width, over edges and by string and vector instructions")
{
    private const int Kept = 4096; // In the guest's memory: what it wrote when it last owned the device.

    private protected override void WriteRound(HostileCode code)
    {
        Touches.ReadNothing(code);
        TouchSome(code);
        WriteLater(code);
        code.Hold();
        LookAsOwner(code);
        TouchSome(code);
        code.Draw();
        code.Code.mov(__qword_ptr[r11 + (int)NicRegister.TxRingIova], rax);
        code.Code.mov(__qword_ptr[rbx + Kept], rax);
        code.Release();
        WriteLater(code);
        Touches.ReadNothing(code);
        TouchSome(code);
    }

    private static void TouchSome(HostileCode code)
    {
        for (int i = code.Random.Next(6); i >= 0; i--)
            Touches.Any(code);
    }

    private static void WriteLater(HostileCode code)
    {
        code.Draw();
        code.Code.mov(__qword_ptr[r11 + (int)NicRegister.TxRingIova], rax);
        code.Touch();
    }

    private static void LookAsOwner(HostileCode code)
    {
        code.Code.cmp(__dword_ptr[r11 + (int)NicRegister.Identity], (int)NicRegister.IdentityValue);
        code.BreakIfNotEqual(Breach.OwnerNotAnswered);
        code.Code.mov(rax, __qword_ptr[r11 + (int)NicRegister.TxRingIova]);
        code.Code.cmp(rax, __qword_ptr[rbx + Kept]);
        code.BreakIfNotEqual(Breach.DeadWriteCame);
    }
}
