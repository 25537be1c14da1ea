using Vpio.Abi;
using Vpio.Abi.Operations;

namespace Vpio.Conformance;

/// <summary>Is a guest that does what it is told: the guest's side of a hypervisor under test. Who binds a hypervisor implements it.</summary>
/// <remarks>What it does really happens in the guest: the hypercall is the guest's, and so are the loads and stores. Threads: one at a time; different guests at once.</remarks>
public interface ITestGuest
{
    /// <summary>Gets the guest's domain id, as domain 0 knows it.</summary>
    DomainId Id { get; }

    /// <summary>Gets how much memory the guest has, bytes.</summary>
    ulong MemoryBytes { get; }

    /// <summary>Gets whether the guest can be told to do what the hardware forbids, which may end it; not so where it shares its process with the suite.</summary>
    bool MayFault { get; }

    /// <summary>Makes a hypercall.</summary>
    /// <param name="cmd">The operation.</param>
    /// <param name="argument">The argument, inputs and outputs.</param>
    /// <returns>The result.</returns>
    /// <exception cref="GuestGoneException">The guest has ended.</exception>
    long Call(uint cmd, ref DeviceOpArgument argument);

    /// <summary>Loads a value, whole and with acquire.</summary>
    /// <param name="space">Where.</param>
    /// <param name="offset">Where in it, bytes, a multiple of <paramref name="bytes"/>.</param>
    /// <param name="bytes">1, 2, 4 or 8; 4 or 8 for registers.</param>
    /// <returns>The value.</returns>
    /// <exception cref="GuestGoneException">The guest has ended, perhaps by this.</exception>
    ulong Read(GuestSpace space, ulong offset, int bytes);

    /// <summary>Stores a value, whole and with release.</summary>
    /// <param name="space">Where.</param>
    /// <param name="offset">Where in it, bytes, a multiple of <paramref name="bytes"/>.</param>
    /// <param name="bytes">1, 2, 4 or 8; 4 or 8 for registers.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="GuestGoneException">The guest has ended, perhaps by this.</exception>
    void Write(GuestSpace space, ulong offset, int bytes, ulong value);

    /// <summary>Kicks a device.</summary>
    /// <param name="device">The device.</param>
    /// <exception cref="GuestGoneException">The guest has ended.</exception>
    void Kick(DeviceIndex device);
}
