using Vpio.Abi;
using Vpio.Abi.Operations;
using Vpio.Conformance;
using Vpio.Hypervisor.Guests;

namespace Vpio.Tool.Check;

/// <summary>Is a guest of the suite in this process: its port is at hand.</summary>
/// <param name="guest">The guest.</param>
internal sealed class DirectGuest(Guest guest) : ReferenceGuest(guest)
{
    private readonly GuestReach _reach = new(guest.Port);

    /// <inheritdoc/>
    public override bool MayFault => false;

    /// <inheritdoc/>
    public override long Call(uint cmd, ref DeviceOpArgument argument) => Guest.Port.Call(cmd, ref argument);

    /// <inheritdoc/>
    public override ulong Read(GuestSpace space, ulong offset, int bytes) => _reach.Read(space, offset, bytes);

    /// <inheritdoc/>
    public override void Write(GuestSpace space, ulong offset, int bytes, ulong value) => _reach.Write(space, offset, bytes, value);

    /// <inheritdoc/>
    public override void Kick(DeviceIndex device) => Guest.Port.Kick(device);
}
