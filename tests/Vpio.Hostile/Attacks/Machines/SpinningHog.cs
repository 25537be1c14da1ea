using Iced.Intel;
using static Iced.Intel.AssemblerRegisters;

namespace Vpio.Hostile.Attacks.Machines;

/// <summary>Masks its upcalls, takes the device and spins, without ever leaving its machine.</summary>
internal sealed class SpinningHog() : AssembledAttack("spinning-hog", "masks its upcalls, takes the device and spins, and never leaves its machine again")
{
    private const int MaskOffset = 65;

    private protected override void WriteRound(HostileCode code)
    {
        code.Hold();
        code.Code.mov(__byte_ptr[r12 + MaskOffset], 1);
        code.Touch();
        Label again = code.Code.CreateLabel();
        code.Code.Label(ref again);
        code.Code.jmp(again);
    }
}
