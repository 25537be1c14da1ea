using Vpio.Abi;

namespace Vpio.Hypervisor.Devices.Network;

/// <summary>Decides what becomes of a frame that arrives for a guest which does not hold the device: <see cref="Park"/>, <see cref="Drop"/> or <see cref="HandOver"/>.</summary>
/// <remarks>
/// Domain 0 chooses: for the guests of a NIC by <see cref="NicOptions.ReceivePolicy"/>, for one of them by <see cref="Nic.SetReceivePolicy"/>.
/// Source: <c>docs/nic.md</c>, "Parking".
/// </remarks>
public abstract class ReceivePolicy
{
    private ReceivePolicy()
    {
    }

    /// <summary>Gets the policy that keeps frames until the guest next holds the device, which it does in its turn.</summary>
    public static ReceivePolicy Park { get; } = new Parking();

    /// <summary>Gets the policy that drops and counts them: for guests to which a late frame is worth nothing.</summary>
    public static ReceivePolicy Drop { get; } = new Dropping();

    /// <summary>Gets the policy that keeps them, and asks for the device on behalf of the guest: it is granted next, if it waits or as soon as it does.</summary>
    public static ReceivePolicy HandOver { get; } = new HandingOver();

    /// <summary>Tells whether a frame may be kept.</summary>
    /// <param name="nic">The device.</param>
    /// <param name="guest">Whom the frame is for.</param>
    /// <returns>Whether it may.</returns>
    internal virtual bool Admits(Nic nic, DomainId guest) => true;

    /// <summary>Hears that frames wait for a guest which does not hold the device: with each RX_PENDING, not with each frame.</summary>
    /// <param name="nic">The device.</param>
    /// <param name="guest">Whom they are for.</param>
    internal virtual void FramesWait(Nic nic, DomainId guest)
    {
    }

    private sealed class Parking : ReceivePolicy
    {
        public override string ToString() => nameof(Park);
    }

    private sealed class Dropping : ReceivePolicy
    {
        public override string ToString() => nameof(Drop);

        internal override bool Admits(Nic nic, DomainId guest) => nic.IsOwnedBy(guest);
    }

    private sealed class HandingOver : ReceivePolicy
    {
        public override string ToString() => nameof(HandOver);

        internal override void FramesWait(Nic nic, DomainId guest) => nic.HandOver(guest);
    }
}
