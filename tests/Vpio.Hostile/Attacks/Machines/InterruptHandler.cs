namespace Vpio.Hostile.Attacks.Machines;

/// <summary>Says what the handler of an interrupt does.</summary>
internal enum InterruptHandler
{
    /// <summary>It takes the upcall and returns.</summary>
    Returns,

    /// <summary>It begins anew whatever it was interrupted in.</summary>
    NeverReturns,

    /// <summary>It faults.</summary>
    Faults,

    /// <summary>It is interrupted where there is no stack.</summary>
    HasNoStack,

    /// <summary>It spins for ever.</summary>
    Spins,
}
