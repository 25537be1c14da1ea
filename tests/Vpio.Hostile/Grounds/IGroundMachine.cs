using Vpio.Abi;

namespace Vpio.Hostile.Grounds;

/// <summary>Is a guest on a proving ground that is a virtual machine, as domain 0 sees it: its pages are mapped for domain 0 too.</summary>
/// <remarks>They stay mapped while this object is reachable.</remarks>
public interface IGroundMachine : IGroundProgram
{
    /// <summary>Gets its own page.</summary>
    ref GuestPage GuestPage { get; }

    /// <summary>Gets its memory, in domain 0's addresses.</summary>
    GuestMemory Memory { get; }

    /// <summary>Gets whether it runs.</summary>
    GuestStanding Standing { get; }

    /// <summary>Lets it go on after it was quarantined.</summary>
    void Resume();
}
