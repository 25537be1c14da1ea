using Vpio.Abi;
using Vpio.Abi.Operations;
using Vpio.Hypervisor.Devices;
using Vpio.Simulation.Checking;

namespace Vpio.Simulation.Hosting;

/// <summary>Is a guest's state of a simulated device: nothing but who is told what, and when.</summary>
internal sealed class SimulatedContext(SimulatedDevice device, DomainId guest, Spectator spectator) : DeviceContext
{
    /// <inheritdoc/>
    public override void Save() => See(ObservationKind.Saved);

    /// <inheritdoc/>
    public override void Load()
    {
        device.NoteLoad(guest);
        See(ObservationKind.Loaded);
    }

    /// <inheritdoc/>
    public override void Reset() => See(ObservationKind.Reset);

    /// <inheritdoc/>
    public override void OwnershipBegan() => See(ObservationKind.Began);

    /// <inheritdoc/>
    public override void OwnershipEnded() => See(ObservationKind.Ended);

    /// <inheritdoc/>
    public override void Suspend()
    {
        // It keeps nothing.
    }

    /// <inheritdoc/>
    public override void Resume()
    {
        // It keeps nothing.
    }

    /// <inheritdoc/>
    public override void Describe(ref QueryArgs query)
    {
        // It has nothing to tell.
    }

    private void See(ObservationKind kind)
    {
        device.IsTouched = true;
        spectator.See(new Observation(kind, device.Number, guest.Value, device.Word));
    }
}
