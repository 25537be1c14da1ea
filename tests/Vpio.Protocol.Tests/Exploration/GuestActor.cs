using Vpio.Abi;
using Vpio.Hypervisor.Ownership;

namespace Vpio.Protocol.Tests.Exploration;

/// <summary>Is a guest that asks for the device, waits for it, uses it and gives it back, a number of times.</summary>
/// <param name="device">The device.</param>
/// <param name="guest">Which guest.</param>
/// <param name="rounds">How many times.</param>
/// <param name="thread">Which of its threads, when it has several.</param>
internal sealed class GuestActor(SharedDeviceUnderTest device, int guest, int rounds, string thread = "") : Actor($"guest {guest}{thread}")
{
    private const int Ask = 0;
    private const int Cancel = 1;
    private const int Await = 2;
    private const int GiveBack = 3;
    private const int PlacesOfARound = 4;

    /// <summary>Gets whether it queues when the device is not to be had.</summary>
    public bool Queues { get; init; } = true;

    /// <summary>Gets whether it changes its mind as soon as it waits.</summary>
    public bool Cancels { get; init; }

    /// <summary>Gets whether it keeps the device once it has it.</summary>
    public bool Keeps { get; init; }

    public override bool IsMortal => Mortal;

    public bool Mortal { get; init; }

    public override bool MayWaitForEver => Patient;

    /// <summary>Gets whether it may wait for ever for one who keeps the device.</summary>
    public bool Patient { get; init; }

    public override Onward Call(int place, ulong memory) => (place % PlacesOfARound) switch
    {
        Ask => Grab(place),
        Cancel => Withdraw(place),
        Await => Sleep(place),
        _ => Release(place, memory),
    };

    private Onward Grab(int place)
    {
        GrabOutcome outcome = GrabOutcome.Stopped;
        StateWord owned = default;
        bool entered = device.Call(guest, () =>
        {
            ExploredMemory.Note(Happening.GrabBegins, (ulong)guest);
            outcome = device.Ownership.Grab(SharedDeviceUnderTest.Id(guest), Queues, out owned);
            if (outcome == GrabOutcome.Queued)
                ExploredMemory.Note(Happening.WaitBegan, (ulong)guest);
        });
        return outcome switch
        {
            _ when !entered => Onward.Done,
            GrabOutcome.Owned => Has(place, owned),
            GrabOutcome.Queued => new Onward(PlaceIn(place, Cancels ? Cancel : Await)),
            GrabOutcome.Busy => NextRound(place),
            GrabOutcome.AlreadyOwned => new Onward(PlaceIn(place, Await)),
            _ => Onward.Done,
        };
    }

    private Onward Withdraw(int place)
    {
        CancelOutcome outcome = CancelOutcome.NotQueued;
        bool entered = device.Call(guest, () =>
        {
            outcome = device.Ownership.Cancel(SharedDeviceUnderTest.Id(guest));
            if (outcome == CancelOutcome.Left)
                ExploredMemory.Note(Happening.CancelLeft, (ulong)guest);
        });
        return outcome switch
        {
            _ when !entered => Onward.Done,
            CancelOutcome.Left => NextRound(place),

            // The grant came first; or it came and is over already, and then an upcall says what became of it.
            _ => new Onward(PlaceIn(place, Await)),
        };
    }

    private Onward Sleep(int place)
    {
        GuestSignal signals = (GuestSignal)ExploredMemory.Happen(Happening.AwaitUpcall, (ulong)guest);
        if (signals.HasFlag(GuestSignal.Woken))
            return Onward.Done;

        // An upcall is a hint, and may tell of what is over: an ownership, or a removal before the device was plugged in again.
        StateWord word = device.Ownership.State;
        if (word.IsHeld && word.Owner.Value == guest)
            return Has(place, word);
        return new Onward(signals.HasFlag(GuestSignal.Removed) ? PlaceIn(place, Ask) : place);
    }

    private Onward Release(int place, ulong generation)
    {
        bool entered = device.Call(guest, () => device.Ownership.Release(SharedDeviceUnderTest.Id(guest), new Generation(generation)));
        return entered ? NextRound(place) : Onward.Done;
    }

    private Onward Has(int place, StateWord word) => Keeps ? Onward.Done : new Onward(PlaceIn(place, GiveBack), word.Generation.Value);

    private Onward NextRound(int place)
    {
        int next = (place / PlacesOfARound) + 1;
        return next == rounds ? Onward.Done : new Onward(next * PlacesOfARound);
    }

    private static int PlaceIn(int place, int ofRound) => (place / PlacesOfARound * PlacesOfARound) + ofRound;
}
