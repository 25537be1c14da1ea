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
}
