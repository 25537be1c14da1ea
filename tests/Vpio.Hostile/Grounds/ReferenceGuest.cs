using Vpio.Abi;
using Vpio.Abi.Network;
using Vpio.Hypervisor;
using Vpio.Hypervisor.Guests;

namespace Vpio.Hostile.Grounds;

/// <summary>Is a guest of the reference hypervisor in the judge's process.</summary>
/// <param name="hypervisor">The hypervisor.</param>
/// <param name="guest">The guest.</param>
internal sealed class ReferenceGuest(ReferenceHypervisor hypervisor, Guest guest) : IGroundGuest
{
    /// <inheritdoc/>
    public DomainId Id => guest.Id;

    /// <inheritdoc/>
    public IHypercallPort Port => guest.Port;

    /// <summary>Gets the guest, for faults that are planted into others.</summary>
    public Guest Guest => guest;

    /// <inheritdoc/>
    public GuestStanding Standing => StandingOf(guest);

    /// <inheritdoc/>
    public MacAddress GetAddress(DeviceIndex device) => ReferenceGround.AddressOf(guest.Id);

    /// <inheritdoc/>
    public void Stop() => guest.Stop();

    /// <inheritdoc/>
    public void Resume() => guest.Resume();

    /// <inheritdoc/>
    public void Remove() => hypervisor.RemoveGuest(guest);

    /// <summary>Tells how a guest of any kind stands.</summary>
    public static GuestStanding StandingOf(Guest guest) => guest.State switch
    {
        GuestState.Running => GuestStanding.Running,
        GuestState.Quarantined => GuestStanding.Quarantined,
        GuestState.Stopped => GuestStanding.Stopped,
        _ => GuestStanding.Removed,
    };
}
