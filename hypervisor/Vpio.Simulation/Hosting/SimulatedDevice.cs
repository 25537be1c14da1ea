using Vpio.Abi;
using Vpio.Hypervisor;
using Vpio.Hypervisor.Devices;
using Vpio.Simulation.Checking;

namespace Vpio.Simulation.Hosting;

/// <summary>Is a device without a thread: it does nothing, and tells what the hypervisor makes of it.</summary>
/// <remarks>What its guests do with it is time, which they spend themselves.</remarks>
internal sealed class SimulatedDevice(Spectator spectator) : IDevice
{
    private SharedDevice? _slot;
    private DeviceGate? _gate;
    private DomainId _loadedFor = DomainId.Invalid;

    /// <inheritdoc/>
    public DeviceClass Class => DeviceClass.None;

    /// <inheritdoc/>
    public uint WindowBytes => sizeof(ulong);

    /// <summary>Gets the slot that it is in.</summary>
    public SharedDevice Slot => _slot ?? throw new InvalidOperationException("The device is in no slot yet.");

    /// <summary>Gets the number of its slot.</summary>
    public int Number => (int)Slot.Index.Value;

    /// <summary>Gets the state word as it is now.</summary>
    public StateWord Word => Slot.State;

    /// <summary>Gets or sets whether anything was seen to happen to it in this step.</summary>
    public bool IsTouched { get; set; }

    /// <summary>Notes in which slot it is: the hypervisor says so when it was plugged in.</summary>
    /// <param name="slot">The slot.</param>
    public void PutInto(SharedDevice slot) => _slot = slot;

    /// <summary>Notes that a guest's context was loaded, which takes time.</summary>
    /// <param name="guest">The guest.</param>
    public void NoteLoad(DomainId guest) => _loadedFor = guest;

    /// <summary>Tells a new owner whether its context had to be loaded, once.</summary>
    /// <param name="guest">The guest.</param>
    public bool TakeLoad(DomainId guest)
    {
        bool loaded = _loadedFor == guest;
        _loadedFor = DomainId.Invalid;
        return loaded;
    }

    /// <inheritdoc/>
    public void PlugIn(DeviceGate gate) => _gate = gate;

    /// <summary>Has something arrive for a guest: it is to be granted next.</summary>
    /// <param name="guest">The guest.</param>
    public void Arrive(DomainId guest)
    {
        IsTouched = true;
        spectator.See(new Observation(ObservationKind.Preferred, Number, guest.Value));
        _gate!.HandOver(guest);
    }

    /// <inheritdoc/>
    public void Unplug()
    {
        // It has no thread to end.
    }

    /// <inheritdoc/>
    public DeviceContext CreateContext(GuestAttachment attachment) => new SimulatedContext(this, attachment.Guest, spectator);

    /// <inheritdoc/>
    public void RemoveContext(DeviceContext context)
    {
        // It keeps no list of them.
    }

    /// <inheritdoc/>
    public void Wake()
    {
        // It never sleeps.
    }
}
