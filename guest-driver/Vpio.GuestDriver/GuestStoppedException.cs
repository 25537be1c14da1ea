using Vpio.Abi;

namespace Vpio.GuestDriver;

/// <summary>Is thrown when the hypervisor refuses a call because the guest is stopped or quarantined.</summary>
/// <param name="operation">What was tried.</param>
/// <param name="guest">The guest.</param>
public sealed class GuestStoppedException(string operation, DomainId guest)
    : Exception($"{operation} by {guest}: the guest is stopped or quarantined, until domain 0 resumes it.")
{
    /// <summary>Gets the guest.</summary>
    public DomainId Guest { get; } = guest;
}
