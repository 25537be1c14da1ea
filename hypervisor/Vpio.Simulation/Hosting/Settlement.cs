using Vpio.Abi;
using Vpio.Hypervisor.Guests;
using Vpio.Simulation.Checking;

namespace Vpio.Simulation.Hosting;

/// <summary>Looks about after each step: at every state word, at who was stopped, at who was notified.</summary>
/// <param name="host">The host.</param>
/// <param name="spectator">Who is shown what was found.</param>
internal sealed class Settlement(SimulatedHost host, Spectator spectator)
{
    private readonly StateWord[] _words = new StateWord[DevicePage.SlotCount];
    private readonly List<SimulatedDevice> _changed = [];

    /// <summary>Gets how many ownerships ended by force, because their grace was over.</summary>
    public long ForcedEnds { get; private set; }

    /// <summary>Gets how many guests were quarantined.</summary>
    public long Quarantines { get; private set; }

    /// <summary>Looks about.</summary>
    /// <param name="byTimer">Whether the step was a timer of the hypervisor: only then does an ownership end by force.</param>
    public void Settle(bool byTimer)
    {
        Collect();

        // First: a guest that was stopped waits no more, also at devices that settle before the one that it was stopped for.
        foreach (SimulatedDevice device in _changed)
            LookForForcedEnd(device, byTimer);
        foreach (SimulatedDevice device in _changed)
            Settle(device);
        _changed.Clear();
    }

    private void Collect()
    {
        foreach (SimulatedDevice? device in host.Devices)
        {
            if (device is not null && (device.IsTouched || device.Word != _words[device.Number]))
                _changed.Add(device);
        }
    }

    private void LookForForcedEnd(SimulatedDevice device, bool byTimer)
    {
        StateWord before = _words[device.Number];
        if (!byTimer || before.State != DeviceState.Revoking || device.Word == before)
            return;
        ForcedEnds++;
        if (host.GuestOf(before.Owner.Value) is not { } guest || guest.Domain.State == GuestState.Running)
            return;
        Quarantines += guest.Domain.State == GuestState.Quarantined ? 1 : 0;
        host.NoticeStop(guest);
    }

    private void Settle(SimulatedDevice device)
    {
        StateWord before = _words[device.Number];
        StateWord word = device.Word;
        device.IsTouched = false;
        _words[device.Number] = word;
        spectator.See(new Observation(
            ObservationKind.Settled, device.Number, word.IsHeld ? word.Owner.Value : 0, word, device.Slot.Slot.Waiters, device.Slot.Ownership.Waiting.Count()));
        if (word == before)
            return;
        if (word.IsHeld && host.GuestOf(word.Owner.Value) is { } owner)
        {
            spectator.See(new Observation(ObservationKind.Told, device.Number, word.Owner.Value, Value: (long)owner.EventsOf(device)));
            owner.Notice();
        }

        if (before.IsHeld)
            host.GuestOf(before.Owner.Value)?.Notice();
    }
}
