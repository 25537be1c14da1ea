using System.Diagnostics;
using Vpio.Abi;
using Vpio.Abi.Network;
using Vpio.Hypervisor;
using Vpio.Hypervisor.Guests;

namespace Vpio.Hostile.Grounds;

/// <summary>Is a guest of the reference hypervisor that is a process of its own.</summary>
/// <param name="hypervisor">The hypervisor.</param>
/// <param name="guest">The guest.</param>
internal sealed class ReferenceProgram(ReferenceHypervisor hypervisor, Guest guest) : IGroundProgram
{
    /// <inheritdoc/>
    public DomainId Id => guest.Id;

    /// <inheritdoc/>
    public GuestMemory Application => guest.Application;

    /// <inheritdoc/>
    public ProgramEnding? Ending => guest.Process!.Exit is { } exit ? new ProgramEnding(exit.Code, exit.Signal, null) : null;

    /// <inheritdoc/>
    public MacAddress GetAddress(DeviceIndex device) => ReferenceGround.AddressOf(guest.Id);

    /// <inheritdoc/>
    public void Start() => guest.Process!.Start();

    /// <inheritdoc/>
    public void Kill()
    {
        try
        {
            using Process process = Process.GetProcessById(guest.Process!.Id);
            process.Kill();
        }
        catch (ArgumentException)
        {
            // It was at its end already.
        }
    }

    /// <inheritdoc/>
    public void Remove() => hypervisor.RemoveGuest(guest);
}
