using Vpio.Abi;

namespace Vpio.GuestDriver;

/// <summary>Is thrown when the hypervisor was started anew since the guest attached: attach a new domain and set up the devices afresh.</summary>
/// <param name="operation">What was tried.</param>
/// <param name="guest">The guest.</param>
/// <param name="agreed">The epoch that the guest negotiated in.</param>
/// <param name="found">The epoch that the device page shows.</param>
public sealed class HypervisorRestartedException(DeviceOp operation, DomainId guest, ulong agreed, ulong found)
    : Exception($"{operation} by {guest}: the guest attached in epoch 0x{agreed:x16}, and the hypervisor {(found == 0 ? "has ended" : $"is in 0x{found:x16}; attach again")}.")
{
    /// <summary>Gets the epoch that the guest negotiated in.</summary>
    public ulong AgreedEpoch { get; } = agreed;

    /// <summary>Gets the epoch that the device page showed.</summary>
    public ulong FoundEpoch { get; } = found;
}
