using Vpio.Abi;

namespace Vpio.Simulation.Checking;

/// <content>Rules 1, 2, 4 and 7 where a device sees them: who begins, who ends, whose context it has.</content>
internal sealed partial class InvariantChecker
{
    private bool SeeOwnership(DeviceRecord device, GuestRecord guest, in Observation seen)
    {
        switch (seen.Kind)
        {
            case ObservationKind.Began:
                SeeBegan(device, guest, seen.Guest, seen.Word);
                break;
            case ObservationKind.Ended:
                Require(device.Owner == seen.Guest, Invariant.OneEnd, $"the ownership of guest {seen.Guest} ended, and the device serves {device.Owner}");
                CheckInTime(device);
                guest.Expects &= DeviceEvents.Removed; // What else it was to be told is told in vain.
                (device.Owner, device.IsRevoked, device.MustChangeByNs) = (0, false, DeviceRecord.Never);
                break;
            case ObservationKind.Saved:
                Require(device.Loaded == seen.Guest, Invariant.CleanHandOver, $"the context of guest {seen.Guest} was saved, and that of {device.Loaded} is loaded");
                device.Loaded = 0;
                break;
            case ObservationKind.Loaded:
                Require(device.Loaded == 0, Invariant.CleanHandOver, $"the context of guest {seen.Guest} was loaded over that of {device.Loaded}");
                Require(device.Owner == 0, Invariant.CleanHandOver, $"the context of guest {seen.Guest} was loaded while guest {device.Owner} owns the device");
                device.Loaded = seen.Guest;
                break;
            case ObservationKind.Reset:
                if (device.Loaded != seen.Guest)
                    break; // Its saved context is reset, and the device is not concerned.
                Require(device.Owner == 0, Invariant.CleanHandOver, $"the device was reset while guest {device.Owner} owns it");
                device.Loaded = 0;
                break;
            default:
                return false;
        }

        return true;
    }

    private void SeeBegan(DeviceRecord device, GuestRecord guest, int number, StateWord word)
    {
        Require(device.Owner == 0, Invariant.OneOwner, $"guest {number} got the device that guest {device.Owner} owns");
        Require(word.IsHeld && word.Owner.Value == number, Invariant.OneOwner, $"the device serves guest {number}, and the word says {word}");
        Require(word.Generation.Value > device.Generation, Invariant.OneOwner, $"guest {number} owns generation {word.Generation.Value} after {device.Generation}");
        Require(!_gone.Contains(number), Invariant.NothingStaysHeld, $"guest {number} is stopped and got a device");
        Require(guest.Waits, Invariant.GrantOrCancel, $"guest {number} got a device that it does not wait for");
        Require(device.Loaded == number, Invariant.CleanHandOver, $"guest {number} got the device with the context of {device.Loaded}");
        if (guest.Waits)
            SeeWaitEnd(device, guest, number, word.Generation.Value);
        (device.Owner, device.Generation, device.IsRevoked) = (number, word.Generation.Value, false);
        device.MustChangeByNs = device.Waiting > 0 ? SliceEnd(device) : DeviceRecord.Never;
    }

    private void SeeWaitEnd(DeviceRecord device, GuestRecord guest, int number, ulong generation)
    {
        CheckWait(device, guest);
        noteWait?.Invoke(number, _nowNs - guest.AskedAtNs, device.BoundOf(guest));
        device.Leave(guest);
        Expect(guest, DeviceEvents.Granted);
        device.Grants++;

        // After a grant out of turn one in turn must follow, whoever is preferred: so much is allowed, and anything else passes somebody.
        bool isOutOfTurn = guest.IsPreferred && (device.OutOfTurn == 0 || device.OutOfTurn + 1 != generation);
        guest.IsPreferred = false;
        if (isOutOfTurn)
            device.OutOfTurn = generation;
        else
            SeeGrantInTurn(device, guest, number);
    }

    private void SeeGrantInTurn(DeviceRecord device, GuestRecord guest, int number)
    {
        bool passed = device.Oldest is { } oldest && oldest.AskedAtGrant < guest.LastGrant;
        Require(!passed, Invariant.BoundedBypass, $"guest {number} got grants {guest.LastGrant} and {device.Grants}, and another waited all along");
        guest.LastGrant = device.Grants;
    }

    private long SliceEnd(DeviceRecord device) =>
        _nowNs + (device.Of(device.Owner).Weight * device.SliceNs) + Course.VirtualTime.TimerStepNs;
}
