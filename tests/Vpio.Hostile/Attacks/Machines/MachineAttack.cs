using Vpio.Abi;

namespace Vpio.Hostile.Attacks.Machines;

/// <summary>Is an attack that is a program of a virtual machine: it is written anew for each life of the guest, from chance, and knows nothing but what its machine tells it.</summary>
/// <param name="name">Its name, for the score sheet and the command line.</param>
/// <param name="description">What it does, in one line.</param>
public abstract class MachineAttack(string name, string description)
{
    /// <summary>Gets its name.</summary>
    public string Name { get; } = name;

    /// <summary>Gets what it does.</summary>
    public string Description { get; } = description;

    /// <summary>Gets whether what the program reports of itself holds. One that writes anywhere may write its report too.</summary>
    public virtual bool IsBelieved => true;

    /// <summary>Gets whether the program comes to its end when it is let run, so that one that stands still was left waiting by its hypervisor.</summary>
    public virtual bool EndsByItself => true;

    /// <summary>Makes the program of one life.</summary>
    /// <param name="random">The chance.</param>
    /// <param name="device">The device that is assigned to the guest.</param>
    /// <param name="rounds">How often it does what it does.</param>
    /// <returns>The image; some attacks make one that no hypervisor should take.</returns>
    public abstract byte[] MakeImage(Random random, DeviceIndex device, long rounds);
}
