namespace Vpio.Hostile.Attacks;

/// <summary>Is one way in which a guest may try to harm others. It knows nothing of its hypervisor but the port.</summary>
/// <param name="name">Its name, for the score sheet and the command line.</param>
/// <param name="description">What it does, in one line.</param>
public abstract class Attack(string name, string description)
{
    /// <summary>Gets its name.</summary>
    public string Name { get; } = name;

    /// <summary>Gets what it does.</summary>
    public string Description { get; } = description;

    /// <summary>Gets whether it attacks what only a guest in a process of its own has: descriptors, children, the call area.</summary>
    public virtual bool NeedsProcess => false;

    /// <summary>Attacks, on one thread of a hostile guest, until <see cref="Assault.GoesOn"/> says no more.</summary>
    /// <param name="assault">What the thread has.</param>
    public abstract void Strike(Assault assault);
}
