using Vpio.Abi;

namespace Vpio.Hostile.Attacks.Machines;

/// <summary>Is an attack of assembled instructions: some to begin with, and a round of them that is gone through again and again.</summary>
/// <param name="name">Its name, for the score sheet and the command line.</param>
/// <param name="description">What it does, in one line.</param>
public abstract class AssembledAttack(string name, string description) : MachineAttack(name, description)
{
    /// <inheritdoc/>
    public override byte[] MakeImage(Random random, DeviceIndex device, long rounds)
    {
        ArgumentNullException.ThrowIfNull(random);
        HostileCode code = new(random, device);
        code.Begin(rounds);
        WriteRound(code);
        code.EndRounds();
        WriteHandler(code);
        return code.ToImage();
    }

    /// <summary>Writes one round. Of the processor's registers, RAX, RCX, RDX, RSI, RDI and R8 are free.</summary>
    /// <param name="code">Where to.</param>
    private protected abstract void WriteRound(HostileCode code);

    /// <summary>Writes what notifications interrupt it with, if anything.</summary>
    /// <param name="code">Where to.</param>
    private protected virtual void WriteHandler(HostileCode code)
    {
    }
}
