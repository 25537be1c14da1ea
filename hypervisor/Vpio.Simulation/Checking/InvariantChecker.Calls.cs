using Vpio.Abi;

namespace Vpio.Simulation.Checking;

/// <content>Rules 2, 3 and 9 where a guest sees them: what its calls were answered.</content>
internal sealed partial class InvariantChecker
{
    private bool SeeCall(DeviceRecord device, GuestRecord guest, in Observation seen)
    {
        switch (seen.Kind)
        {
            case ObservationKind.Weighed:
                device.Weigh(seen.Guest, seen.Value);
                break;
            case ObservationKind.Preferred:
                device.HasPreferences = guest.IsPreferred = true;
                break;
            case ObservationKind.Asked:
                SeeAsked(device, guest);
                break;
            case ObservationKind.Answered:
                SeeAnswered(device, guest, seen.Guest, (DeviceStatus)seen.Value);
                break;
            case ObservationKind.Cancelled:
                SeeCancelled(device, guest, seen.Guest, (DeviceStatus)seen.Value);
                break;
            case ObservationKind.Releasing:
                guest.MayRelease = device.Owner == seen.Guest && device.Generation == (ulong)seen.Value;
                break;
            case ObservationKind.Released:
                SeeReleased(device, guest, seen.Guest, (DeviceStatus)seen.Value);
                break;
            case ObservationKind.Told:
                SeeTold(guest, seen.Guest, (DeviceEvents)seen.Value);
                break;
            default:
                return false;
        }

        return true;
    }

    private void SeeAsked(DeviceRecord device, GuestRecord guest)
    {
        if (guest.Waits)
            return; // It waited already, and goes on waiting from when it first asked.
        device.Join(guest, _nowNs);
        if (device.Owner != 0 && device.MustChangeByNs == DeviceRecord.Never)
            device.MustChangeByNs = SliceEnd(device);
    }

    private void SeeAnswered(DeviceRecord device, GuestRecord guest, int number, DeviceStatus status)
    {
        if (status == DeviceStatus.Queued)
            return;
        if (status == DeviceStatus.Ok)
        {
            Require(device.Owner == number, Invariant.OneOwner, $"guest {number} was told that it owns the device, which serves {device.Owner}");
            Require(device.Waiting == 0, Invariant.NoBarging, $"guest {number} got the device at once, though {device.Waiting} wait");
            guest.Expects = DeviceEvents.None; // A grant at once is told by the answer,
            (device.OutOfTurn, guest.LastGrant) = (0, device.Grants); // and passes nobody, so it is in turn.
        }

        if (guest.Waits)
            LeaveQueue(device, guest);
    }

    private void SeeCancelled(DeviceRecord device, GuestRecord guest, int number, DeviceStatus status)
    {
        switch (status)
        {
            case DeviceStatus.Ok:
                Require(guest.Waits, Invariant.GrantOrCancel, $"guest {number} left a queue that it was not in");
                break;
            case DeviceStatus.Exists:
                Require(device.Owner == number, Invariant.GrantOrCancel, $"guest {number} was told that its grant came first, and it owns nothing");
                break;
            default:
                Require(!guest.Waits, Invariant.GrantOrCancel, $"guest {number} waits, and its cancel was answered {status}");
                break;
        }

        if (guest.Waits)
            LeaveQueue(device, guest);
    }

    private void SeeReleased(DeviceRecord device, GuestRecord guest, int number, DeviceStatus status)
    {
        if (status == DeviceStatus.Ok)
        {
            Require(guest.MayRelease, Invariant.OneEnd, $"guest {number} released what it did not own");
            Require(device.Owner != number, Invariant.OneEnd, $"guest {number} released, and the device still serves it");
        }
        else
        {
            Require(!guest.MayRelease, Invariant.OneEnd, $"guest {number} owns the device, and its release was answered {status}");
        }
    }

    private void SeeTold(GuestRecord guest, int number, DeviceEvents events)
    {
        Require((guest.Expects & ~events) == 0, Invariant.NoLostUpcall, $"the page of guest {number} says {events}, without {guest.Expects & ~events}");
        guest.Expects = DeviceEvents.None;
    }

    private void Expect(GuestRecord guest, DeviceEvents events)
    {
        guest.Expects |= events;
        _expecting.Add(guest);
    }

    private static void LeaveQueue(DeviceRecord device, GuestRecord guest)
    {
        device.Leave(guest);
        if (device.Waiting == 0 && !device.IsRevoked)
            device.MustChangeByNs = DeviceRecord.Never; // Nobody waits for the slice to end; who joins next starts it anew.
    }
}
