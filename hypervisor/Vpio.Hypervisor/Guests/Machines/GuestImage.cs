using Vpio.Abi.Machines;

namespace Vpio.Hypervisor.Guests;

/// <summary>Says what a guest in a virtual machine runs, and how its machine treats it.</summary>
/// <param name="Program">The program, from its <see cref="MachineImage"/> on.</param>
/// <remarks>Source: <c>docs/guests.md</c>, "A virtual machine".</remarks>
public sealed record GuestImage(ReadOnlyMemory<byte> Program)
{
    /// <summary>Gets what comes of an access to what is not there: above all, to the registers of a device that the guest does not own.</summary>
    public StrayAccess StrayAccess { get; init; } = StrayAccess.NoDevice;

    /// <summary>Gets how the guest reaches the registers of a device that it owns.</summary>
    public RegisterAccess Registers { get; init; } = RegisterAccess.Direct;

    /// <summary>Gets the numbers of the processors that the machine's own runs on; <see langword="null"/>: the system places it.</summary>
    /// <remarks>On Linux; what Xen calls the hard affinity of a virtual processor. See <see cref="Devices.Network.NicOptions.HardAffinity"/>.</remarks>
    public IReadOnlyList<int>? HardAffinity { get; init; }
}
