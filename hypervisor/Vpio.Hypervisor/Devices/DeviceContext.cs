using Vpio.Abi.Operations;

namespace Vpio.Hypervisor.Devices;

/// <summary>Is one guest's state of one device: what is saved when another guest gets it, and loaded when it comes back.</summary>
/// <remarks>
/// Save, Load and Reset are called while nobody owns the device and it is quiesced; the others at any time. A device is not woken for a new owner:
/// a guest rings, and says so to a device that sleeps.
/// </remarks>
public abstract class DeviceContext
{
    /// <summary>Reads out of device and window what the guest set up.</summary>
    public abstract void Save();

    /// <summary>Puts device and window into the state that was saved. What a guest wrote to its dead window is gone.</summary>
    public abstract void Load();

    /// <summary>Resets device and context: as if the guest had never used it.</summary>
    public abstract void Reset();

    /// <summary>Sees to it that the device works on what it had left to do for the guest, which owns it now.</summary>
    public abstract void OwnershipBegan();

    /// <summary>Sees to it that the guest learns of what waits for it, now that it no longer owns the device.</summary>
    public abstract void OwnershipEnded();

    /// <summary>Notes that the guest, which owns the device, kicked it: the device is woken after this.</summary>
    public virtual void Kicked()
    {
    }

    /// <summary>Stops keeping anything for the guest, which is stopped, and throws away what was kept.</summary>
    public abstract void Suspend();

    /// <summary>Keeps things for the guest again.</summary>
    public abstract void Resume();

    /// <summary>Fills in what only the device knows.</summary>
    /// <param name="query">The answer of <see cref="Abi.DeviceOp.Query"/>.</param>
    public abstract void Describe(ref QueryArgs query);
}
