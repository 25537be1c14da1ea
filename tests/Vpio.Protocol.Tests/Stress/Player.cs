using Vpio.Abi;

namespace Vpio.Protocol.Tests.Stress;

/// <summary>Is a guest on a thread of its own that grabs, waits, cancels and releases at random, and writes down what came of it.</summary>
internal sealed class Player(RawGuest guest, uint device, History history, int seed)
{
    private readonly Random _random = new(seed);

    public RawGuest Guest => guest;

    /// <summary>Gets whether it now and then does not release when it is asked to.</summary>
    public bool IsHog { get; init; }

    /// <summary>Gets how often it had the device.</summary>
    public int Turns { get; private set; }

    /// <summary>Plays until it had its turns, is stopped or quarantined, or the device is gone.</summary>
    public void Play(int turns)
    {
        while (Turns < turns)
        {
            long start = history.Moment();
            DeviceStatus status = _random.Next(3) == 0 ? Try(start) : Wait(start);
            if (status is DeviceStatus.Denied or DeviceStatus.NoDevice)
            {
                history.Add(DeedKind.Interrupted, guest.Id, default, start);
                return;
            }

            if (status != DeviceStatus.Ok)
                continue;
            Generation held = guest.WordOf(new DeviceIndex(device)).Generation;
            if (!Owns())
            {
                // By force or an unplug; whose generation it was is not known any more.
                history.Add(DeedKind.Interrupted, guest.Id, default, start);
                continue;
            }

            history.Add(DeedKind.Granted, guest.Id, held, start);
            Use();
            if (!TryRelease(held))
                return;
            Turns++;
        }
    }

    /// <summary>Holds the device for a moment; now and then until it is asked to give it back, if anybody waits for it.</summary>
    private void Use()
    {
        Thread.SpinWait(_random.Next(40));
        if (_random.Next(8) != 0)
            return;
        Thread.Yield(); // Lets others ask for it meanwhile, where there are more guests than processors.
        while (guest.WordOf(new DeviceIndex(device)).State == DeviceState.Owned && guest.SlotOf(device).Waiters > 0)
            Thread.SpinWait(10);
        while (IsHog && Owns() && guest.SlotOf(device).Waiters > 0)
            Thread.SpinWait(10);
    }

    private DeviceStatus Try(long start)
    {
        DeviceStatus status = guest.TryGrab(device);
        if (status == DeviceStatus.Busy)
            history.Add(DeedKind.FoundBusy, guest.Id, default, start);
        return status;
    }

    private DeviceStatus Wait(long start)
    {
        DeviceStatus status = guest.Queue(device);
        if (status != DeviceStatus.Queued)
            return status;
        if (_random.Next(4) == 0 && guest.Cancel(device) == DeviceStatus.Ok)
        {
            history.Add(DeedKind.Waited, guest.Id, default, start);
            return DeviceStatus.Busy;
        }

        return AwaitGrant();
    }

    private DeviceStatus AwaitGrant()
    {
        // Clear before looking: a grant after the look raises the upcall again.
        while (true)
        {
            DeviceEvents events = guest.TakeEvents(device);
            if (Owns())
                return DeviceStatus.Ok;

            // A grant that was lost before it was looked at, a quarantine, a device that is gone, or an old event of the one before: whoever asks again is told.
            if ((events & (DeviceEvents.Removed | DeviceEvents.Reset)) != 0 && guest.Queue(device) is var refused and (DeviceStatus.NoDevice or DeviceStatus.Denied))
                return refused;

            if (Owns())
                return DeviceStatus.Ok;
            if (guest.Wait() == DeviceStatus.Denied)
                return DeviceStatus.Denied;
        }
    }

    private bool Owns()
    {
        StateWord word = guest.WordOf(new DeviceIndex(device));
        return word.IsHeld && word.Owner == guest.Id;
    }

    private bool TryRelease(Generation held)
    {
        long start = history.Moment();
        DeviceStatus status = guest.Release(held, device);
        history.Add(status == DeviceStatus.Ok ? DeedKind.Released : DeedKind.ReleasedTooLate, guest.Id, held, start);
        return status is DeviceStatus.Ok or DeviceStatus.NotOwner;
    }
}
