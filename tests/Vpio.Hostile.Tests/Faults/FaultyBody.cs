using Vpio.Abi;
using Vpio.Hypervisor.Guests;

namespace Vpio.Hostile.Tests.Faults;

/// <summary>Is what a guest runs in, with something forgotten.</summary>
internal sealed class FaultyBody(IGuestBody sound, FaultyBody.Oversight oversight) : IGuestBody
{
    private bool _repaired;

    /// <summary>Says what is forgotten.</summary>
    internal enum Oversight
    {
        None,

        EndOfOwnership,

        Notification,

        Stop,
    }

    /// <summary>Gets or sets what is done besides when an ownership begins.</summary>
    public Action<DeviceIndex>? OwnershipBeginning { get; set; }

    public bool IsMortal => sound.IsMortal;

    public void Notify()
    {
        if (!Forgets(Oversight.Notification))
            sound.Notify();
    }

    public void WindowBegan(Assignment assignment) => sound.WindowBegan(assignment);

    public void WindowEnded(DeviceIndex device) => sound.WindowEnded(device);

    public void OwnershipBegan(DeviceIndex device, StateWord owned)
    {
        sound.OwnershipBegan(device, owned);
        OwnershipBeginning?.Invoke(device);
    }

    public void OwnershipEnded(DeviceIndex device)
    {
        if (!Forgets(Oversight.EndOfOwnership))
            sound.OwnershipEnded(device);
    }

    public void Stop()
    {
        if (!Forgets(Oversight.Stop))
            sound.Stop();
    }

    /// <summary>Does from here on what it should, so that its guest can be removed.</summary>
    public void Repair()
    {
        _repaired = true;
        sound.Stop();
    }

    private bool Forgets(Oversight what) => oversight == what && !Volatile.Read(ref _repaired);
}
