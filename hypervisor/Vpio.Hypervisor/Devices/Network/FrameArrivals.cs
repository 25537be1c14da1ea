namespace Vpio.Hypervisor.Devices.Network;

/// <summary>Brings each frame that arrives to the guests it is for, in the order of arrival and a few at a time.</summary>
/// <remarks>
/// A frame to a group is for up to 1,024 guests. When it comes back to the device's thread out of a batch, which somebody may wait for, it is
/// only put down here: the thread brings it to a few guests after each batch, whoever owns the device by then, for this touches no guest's memory.
/// What arrives after it waits behind it, so that nothing overtakes it at any guest. Any other thread brings its frame at once, after those that
/// wait, which it brings first. Source: <c>docs/decisions/0014-groups-are-served-after-the-batch.md</c>.
/// Threads: the device's adds; any takes steps, one at a time.
/// </remarks>
internal sealed class FrameArrivals
{
    /// <summary>Gives how many frames wait at most: as many as two batches bring.</summary>
    public const int MostFrames = 64;

    /// <summary>Gives how many guests a step serves at most: as many as a batch has frames.</summary>
    public const int GuestsAStep = 32;

    private readonly Lock _gate = new();
    private readonly Arrival[] _waiting = new Arrival[MostFrames];
    private long _first;
    private long _end;
    private int _served;

    /// <summary>Gets how many frames have not reached all guests that they are for.</summary>
    public int Count
    {
        get
        {
            // In this order: a frame that is put down and brought between the two reads may count, but none counts less than nothing.
            long first = Volatile.Read(ref _first);
            return (int)(Volatile.Read(ref _end) - first);
        }
    }

    /// <summary>Gets whether another frame can be put down.</summary>
    public bool HasRoom => Count < MostFrames;

    /// <summary>Puts a frame down, behind those that wait. The device's thread only.</summary>
    /// <param name="frame">The frame; the caller's hold of it goes along.</param>
    /// <param name="receivers">Whom it is for.</param>
    public void Add(KeptFrame frame, FrameReceivers receivers)
    {
        // A wire may bring more than it was given. The device does not send while there is no room, so that this is rare.
        while (!HasRoom)
            TryStep();
        _waiting[_end % MostFrames] = new Arrival(frame, receivers);

        // ORDER release: the frame is seen with its number. Pairs with Volatile.Read in FrameArrivals.TryStep.
        Volatile.Write(ref _end, _end + 1);
    }

    /// <summary>Brings a frame to all whom it is for, after those that wait.</summary>
    /// <param name="frame">The frame; the caller's hold of it is let go.</param>
    /// <param name="receivers">Whom it is for.</param>
    public void Bring(KeptFrame frame, FrameReceivers receivers)
    {
        Finish();
        for (int which = 0; which < receivers.Count - 1; which++)
            ServeHeld(receivers, which, frame);
        if (!receivers.Serve(receivers.Count - 1, frame))
            frame.LetGo();
    }

    /// <summary>Brings the frames that wait to the next few guests.</summary>
    /// <returns>Whether any waited.</returns>
    public bool TryStep()
    {
        if (Count == 0)
            return false;
        lock (_gate)
        {
            for (int guests = 0; guests < GuestsAStep && _first != Volatile.Read(ref _end); guests++)
                ServeNext();
            return true;
        }
    }

    /// <summary>Brings all frames that wait now to all whom they are for.</summary>
    public void Finish()
    {
        // To the end as it is now: a sender that goes on must not keep the caller here.
        long end = Volatile.Read(ref _end);
        while (Volatile.Read(ref _first) < end)
            TryStep();
    }

    private void ServeNext()
    {
        ref Arrival arrival = ref _waiting[_first % MostFrames];
        ServeHeld(arrival.Receivers, _served, arrival.Frame);
        if (++_served < arrival.Receivers.Count)
            return;
        arrival.Frame.LetGo();
        arrival = default;
        _served = 0;

        // ORDER release: every guest has the frame before it is seen to be gone, so that what comes next comes after it.
        // Pairs with Volatile.Read in FrameArrivals.Count.
        Volatile.Write(ref _first, _first + 1);
    }

    private static void ServeHeld(FrameReceivers receivers, int which, KeptFrame frame)
    {
        frame.Hold();
        if (!receivers.Serve(which, frame))
            frame.LetGo();
    }

    private readonly record struct Arrival(KeptFrame Frame, FrameReceivers Receivers);
}
