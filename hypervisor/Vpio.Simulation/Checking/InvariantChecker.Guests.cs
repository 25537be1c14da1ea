using Vpio.Abi;

namespace Vpio.Simulation.Checking;

/// <content>Rule 8: what becomes of a stopped, quarantined or removed guest.</content>
internal sealed partial class InvariantChecker
{
    private void SeeGuest(in Observation seen)
    {
        switch (seen.Kind)
        {
            case ObservationKind.Stopping:
                SeeStopping(seen.Guest);
                break;
            case ObservationKind.Stopped:
                SeeStopping(seen.Guest);
                RequireNothingHeld(seen.Guest);
                break;
            case ObservationKind.Running:
                _gone.Remove(seen.Guest);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(seen), seen.Kind, "No guest observes this.");
        }
    }

    /// <summary>From here on the guest's waits are over: the hypervisor takes it out of every queue.</summary>
    private void SeeStopping(int guest)
    {
        _gone.Add(guest);
        foreach (DeviceRecord device in _known)
        {
            GuestRecord record = device.Of(guest);
            record.Expects = DeviceEvents.None;
            record.IsPreferred = false;
            if (record.Waits)
                LeaveQueue(device, record);
        }
    }

    private void RequireNothingHeld(int guest)
    {
        foreach (DeviceRecord device in _known)
            Require(device.Owner != guest, Invariant.NothingStaysHeld, $"guest {guest} was stopped and still holds a device");
    }
}
