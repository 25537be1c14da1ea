using Vpio.Abi;

namespace Vpio.Simulation.Checking;

/// <content>Rules 1, 3, 5, 6 and 10 where the slot shows them: the state word and the waiters between two steps.</content>
internal sealed partial class InvariantChecker
{
    private bool SeeDevice(DeviceRecord device, in Observation seen)
    {
        switch (seen.Kind)
        {
            case ObservationKind.Plugged:
                device.IsPlugged = true;
                SeeTimed(device, seen.Value, seen.Second);
                break;
            case ObservationKind.Timed:
                SeeTimed(device, seen.Value, seen.Second);
                break;
            case ObservationKind.Unplugging:
                SeeUnplugging(device);
                break;
            case ObservationKind.Unplugged:
                device.IsPlugged = false;
                break;
            case ObservationKind.Settled:
                SeeSettled(device, seen.Word, seen.Value, seen.Second);
                break;
            default:
                return false;
        }

        return true;
    }

    private static void SeeTimed(DeviceRecord device, long sliceNs, long graceNs)
    {
        device.SliceNs = Math.Max(device.SliceNs, sliceNs);
        device.GraceNs = Math.Max(device.GraceNs, graceNs);
    }

    private void SeeUnplugging(DeviceRecord device)
    {
        for (GuestRecord? waiting = device.Oldest; waiting is not null; waiting = waiting.After)
            Expect(waiting, DeviceEvents.Removed);
        if (device.Owner != 0)
            Expect(device.Of(device.Owner), DeviceEvents.Removed);
        device.LeaveAll();
        device.ForgetPreferences();
        device.MustChangeByNs = DeviceRecord.Never;
    }

    private void SeeSettled(DeviceRecord device, StateWord word, long shown, long counted)
    {
        Require(shown == counted, Invariant.WaitersAgree, $"the slot shows {shown} waiters, and {counted} are in the wait set");
        Require(counted == device.Waiting, Invariant.WaitersAgree, $"{counted} are in the wait set, and {device.Waiting} asked and were not served");
        Require(word.Generation.Value >= device.LastWord.Generation.Value, Invariant.OneOwner, $"the generation went from {device.LastWord.Generation.Value} back to {word.Generation.Value}");
        if (word.IsHeld)
            SeeHeld(device, word);
        else
            SeeNotHeld(device, word);
        device.LastWord = word;
    }

    private void SeeHeld(DeviceRecord device, StateWord word)
    {
        Require(word.Owner.Value == device.Owner, Invariant.OneOwner, $"the word says {word}, and the device serves {device.Owner}");
        Require(word.Generation.Value == device.Generation, Invariant.OneOwner, $"the word says {word}, and generation {device.Generation} was granted");
        Require(!_gone.Contains(word.Owner.Value), Invariant.NothingStaysHeld, $"guest {word.Owner.Value} is stopped and holds a device");
        if (word.State == DeviceState.Owned)
            Require(!device.IsRevoked, Invariant.OneEnd, $"the revocation of guest {device.Owner} was taken back");
        else if (!device.IsRevoked)
            SeeRevoked(device);
    }

    private void SeeRevoked(DeviceRecord device)
    {
        Require(device.Waiting + device.WaitedBefore > 0, Invariant.WorkConserving, $"guest {device.Owner} was asked to stop, and nobody waits");
        CheckInTime(device);
        device.IsRevoked = true;
        device.MustChangeByNs = _nowNs + device.GraceNs + Course.VirtualTime.TimerStepNs;
        Expect(device.Of(device.Owner), DeviceEvents.Revoke);
    }

    private void SeeNotHeld(DeviceRecord device, StateWord word)
    {
        Require(device.Owner == 0, Invariant.OneOwner, $"the word says {word}, and the device serves {device.Owner}");
        Require(word.State != DeviceState.Reclaiming, Invariant.NoLostWakeUp, $"the device stays in hand, as {word}");
        Require(device.Waiting == 0, device.IsPlugged ? Invariant.NoLostWakeUp : Invariant.OfflineIsEmpty, $"the word says {word}, and {device.Waiting} wait");
        Require(word.State == DeviceState.Offline != device.IsPlugged, Invariant.OfflineIsEmpty, $"the word says {word}, and the device is {(device.IsPlugged ? "plugged in" : "unplugged")}");
    }
}
