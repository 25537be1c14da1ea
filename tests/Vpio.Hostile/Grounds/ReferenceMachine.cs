using System.Text.RegularExpressions;
using Vpio.Abi;
using Vpio.Abi.Network;
using Vpio.Hypervisor;
using Vpio.Hypervisor.Guests;

namespace Vpio.Hostile.Grounds;

/// <summary>Is a guest of the reference hypervisor that is a virtual machine.</summary>
/// <param name="hypervisor">The hypervisor.</param>
/// <param name="guest">The guest.</param>
internal sealed partial class ReferenceMachine(ReferenceHypervisor hypervisor, Guest guest) : IGroundMachine
{
    /// <inheritdoc/>
    public DomainId Id => guest.Id;

    /// <inheritdoc/>
    public GuestMemory Application => guest.Application;

    /// <inheritdoc/>
    public ref GuestPage GuestPage => ref guest.Pages.Page.At<GuestPage>(0);

    /// <inheritdoc/>
    public GuestMemory Memory => new(guest.Pages.Memory.Start, guest.Pages.MemoryBytes);

    /// <inheritdoc/>
    public GuestStanding Standing => ReferenceGuest.StandingOf(guest);

    /// <summary>Gets how the machine ended: without addresses, so that ends of one kind are counted together.</summary>
    public ProgramEnding? Ending => guest.Machine!.Exit is { } exit ? new ProgramEnding(exit.Code, null, exit.Reason is { } reason ? Addresses().Replace(reason, string.Empty) : null) : null;

    /// <summary>Gets the guest, for faults that are planted into its machine.</summary>
    public Guest Guest => guest;

    /// <inheritdoc/>
    public MacAddress GetAddress(DeviceIndex device) => ReferenceGround.AddressOf(guest.Id);

    /// <inheritdoc/>
    public void Start() => guest.Machine!.Start();

    /// <inheritdoc/>
    public void Kill() => guest.Stop();

    /// <inheritdoc/>
    public void Resume() => guest.Resume();

    /// <inheritdoc/>
    public void Remove() => hypervisor.RemoveGuest(guest);

    [GeneratedRegex("(,? at| to address| to port)? 0x[0-9a-f]+")]
    private static partial Regex Addresses();
}
