using Vpio.Abi;
using Vpio.Abi.Operations;
using Vpio.Conformance;
using Vpio.Hypervisor;
using Vpio.Hypervisor.Guests;

namespace Vpio.Tool.Check;

/// <summary>Is a guest of the reference hypervisor as the suite tells it what to do.</summary>
/// <param name="guest">The guest.</param>
internal abstract class ReferenceGuest(Guest guest) : ITestGuest
{
    /// <summary>Gets the guest.</summary>
    internal Guest Guest => guest;

    /// <inheritdoc/>
    public DomainId Id => guest.Id;

    /// <inheritdoc/>
    public ulong MemoryBytes { get; } = (ulong)new HypervisorOptions().GuestMemoryBytes;

    /// <inheritdoc/>
    public abstract bool MayFault { get; }

    /// <inheritdoc/>
    public abstract long Call(uint cmd, ref DeviceOpArgument argument);

    /// <inheritdoc/>
    public abstract ulong Read(GuestSpace space, ulong offset, int bytes);

    /// <inheritdoc/>
    public abstract void Write(GuestSpace space, ulong offset, int bytes, ulong value);

    /// <inheritdoc/>
    public abstract void Kick(DeviceIndex device);
}
