using Vpio.Abi;
using Vpio.Fuzz.Worlds;
using Vpio.Hypervisor.Guests;

namespace Vpio.Fuzz.Door;

/// <summary>Judges what happens to the state words of a world, step by step: states and generations, and that who owns a device asked for it.</summary>
/// <param name="world">The world.</param>
internal sealed class DoorLaw(FuzzWorld world)
{
    private readonly HashSet<(DomainId Guest, DeviceIndex Device)> _asked = [];
    private readonly StateWord[] _before = new StateWord[world.Nics.Length];

    /// <summary>Remembers how things stand before a step.</summary>
    public void Begin()
    {
        for (int i = 0; i < _before.Length; i++)
            _before[i] = world.Nics[i].Device.State;
    }

    /// <summary>Tells the word of a device before the step.</summary>
    /// <param name="device">Which.</param>
    public StateWord Before(DeviceIndex device) => _before[device.Value];

    /// <summary>Tells whether a device is there.</summary>
    /// <param name="device">Which.</param>
    public bool Has(DeviceIndex device) => device.Value < _before.Length;

    /// <summary>Notes that a guest may be granted a device from now on.</summary>
    /// <param name="guest">The guest.</param>
    /// <param name="device">The device.</param>
    public void Asked(DomainId guest, DeviceIndex device) => _asked.Add((guest, device));

    /// <summary>Notes that a guest wants a device no more.</summary>
    /// <param name="guest">The guest.</param>
    /// <param name="device">The device.</param>
    public void Gone(DomainId guest, DeviceIndex device) => _asked.Remove((guest, device));

    /// <summary>Notes that a guest, or whoever had its id, wants nothing any more.</summary>
    /// <param name="guest">The guest.</param>
    public void Gone(DomainId guest) => _asked.RemoveWhere(who => who.Guest == guest);

    /// <summary>Notes that whoever asked for a device asked for another that was in its slot.</summary>
    /// <param name="device">The slot.</param>
    public void Replaced(DeviceIndex device) => _asked.RemoveWhere(who => who.Device == device);

    /// <summary>Judges how things stand after a step.</summary>
    public void End()
    {
        foreach (FuzzNic nic in world.Nics)
        {
            nic.Check();
            Judge(nic.Index, Before(nic.Index), nic.Device.State);
        }

        foreach (FuzzGuest guest in world.Guests)
        {
            if (guest.Guest.State != GuestState.Running)
                Gone(guest.Guest.Id);
        }
    }

    /// <summary>Judges that a step changed no ownership at all.</summary>
    public void NothingChanged()
    {
        foreach (FuzzNic nic in world.Nics)
            BrokenPromiseException.Unless(nic.Device.State == Before(nic.Index), "A call that fails changes no state word", nic.Index.Value);
    }

    private void Judge(DeviceIndex device, StateWord before, StateWord after)
    {
        BrokenPromiseException.Unless(after.State is DeviceState.Free or DeviceState.Owned or DeviceState.Revoking, "A device at rest is free, owned or revoked", device.Value);
        BrokenPromiseException.Unless(after.Generation.Value >= before.Generation.Value, "No generation goes back", device.Value);
        bool goesOn = before.IsHeld && after.IsHeldBy(before.Owner, before.Generation);
        if (before.IsHeld && !goesOn)
            Gone(before.Owner, device);
        if (!after.IsHeld)
        {
            BrokenPromiseException.Unless(!after.Owner.IsValid, "A device that nobody holds names no owner", device.Value);
            return;
        }

        BrokenPromiseException.Unless(goesOn || after.Generation.Value > before.Generation.Value, "Each ownership has a generation of its own", device.Value);
        BrokenPromiseException.Unless(goesOn || _asked.Contains((after.Owner, device)), "Nobody owns what it did not ask for", device.Value);
        BrokenPromiseException.Unless(
            Array.Exists(world.Guests, guest => guest.Guest.Id == after.Owner && guest.Guest.State == GuestState.Running), "An owner is a guest that runs", device.Value);
    }
}
