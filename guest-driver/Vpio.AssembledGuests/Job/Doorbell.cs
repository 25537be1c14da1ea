using Iced.Intel;
using Vpio.Abi.Machines;
using static Iced.Intel.AssemblerRegisters;

namespace Vpio.AssembledGuests.Job;

/// <summary>Rings doorbells: no exit while the device is awake, and a kick, which is one, when it sleeps.</summary>
internal sealed class Doorbell : Part
{
    private readonly MachineProgram _program;
    private readonly Subroutine _kickIfAsleep;

    /// <summary>Makes the part.</summary>
    public Doorbell(MachineProgram program, Variables variables)
        : base(program, variables)
    {
        _program = program;
        _kickIfAsleep = Subroutine();
    }

    /// <inheritdoc/>
    public override void Write() => Write(_kickIfAsleep, () =>
    {
        Label awake = Later();

        // ORDER full: either the device sees the doorbell in its last look, or this sees that it sleeps.
        Code.mfence();
        Code.mov(eax, NicField.Asleep);
        Code.test(eax, eax);
        Code.jz(awake);
        Code.mov(eax, JobField.Device);
        _program.Out(MachinePort.Kick);
        Here(awake);
    });

    /// <summary>Writes EAX to a register that the device looks at, and wakes the device if it sleeps. Changes RAX and RDX.</summary>
    /// <param name="register">The register.</param>
    public void Ring(AssemblerMemoryOperand register)
    {
        Code.mov(register, eax);
        _kickIfAsleep.Call();
    }
}
