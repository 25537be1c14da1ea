namespace Vpio.Hypervisor.Devices.Network;

/// <summary>Brings each frame that arrives to the guests it is for, in the order of arrival and a few at a time.</summary>
/// <remarks>
/// What comes back to the device's thread out of a batch is only put down here. Frames to one guest each are brought at the end of what the batch sends,
/// with one lock and one fence for those that follow each other to the same. A frame to a group is for up to 1,024 guests, and somebody may wait for the
/// batch: the thread brings it to a few guests after each batch, whoever owns the device by then, for this touches no guest's memory.
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
    private readonly KeptFrame[] _frames = new KeptFrame[MostFrames];
    private readonly FrameReceivers[] _receivers = new FrameReceivers[MostFrames];
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
        int place = PlaceOf(_end);
        _frames[place] = frame;
        _receivers[place] = receivers;

        // ORDER release: the frame is seen with its number. Pairs with Volatile.Read in FrameArrivals.TryStep.
        Volatile.Write(ref _end, _end + 1);
    }

    /// <summary>Brings a frame to all whom it is for, after those that wait.</summary>
    /// <param name="frame">The frame; the caller's hold of it goes along.</param>
    /// <param name="receivers">Whom it is for.</param>
    public void Bring(KeptFrame frame, FrameReceivers receivers)
    {
        Finish();
        if (receivers.Only is { } guest)
        {
            guest.Accept(new ReadOnlySpan<KeptFrame>(in frame));
            return;
        }

        for (int which = 0; which < receivers.Count; which++)
            receivers.Serve(which, frame);
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
            for (int guests = 0; guests < GuestsAStep && _first != Volatile.Read(ref _end);)
                guests += ServeNext();
            return true;
        }
    }

    /// <summary>Brings the frames that wait first and are for one guest each. The device's thread, in a batch.</summary>
    public void BringToOnes()
    {
        if (Count == 0)
            return;
        lock (_gate)
        {
            while (_first != Volatile.Read(ref _end) && _receivers[PlaceOf(_first)].Only is { } guest)
                ServeRun(guest);
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

    private static int PlaceOf(long number) => (int)(number & (MostFrames - 1));

    /// <summary>Brings the next frame to the next guest, or the next few to the one guest they are for.</summary>
    /// <returns>To how many guests, one that gets several counted for each.</returns>
    private int ServeNext()
    {
        int place = PlaceOf(_first);
        FrameReceivers receivers = _receivers[place];
        if (receivers.Only is { } guest)
            return ServeRun(guest);
        KeptFrame frame = _frames[place];
        receivers.Serve(_served, frame);
        if (++_served < receivers.Count)
            return 1;
        _served = 0;
        Leave(1);
        frame.LetGo();
        return 1;
    }

    private int ServeRun(NicContext guest)
    {
        int place = PlaceOf(_first);
        int most = (int)Math.Min(Volatile.Read(ref _end) - _first, Math.Min(GuestsAStep, MostFrames - place));
        int count = 1;
        while (count < most && _receivers[place + count].Only == guest)
            count++;
        guest.Accept(_frames.AsSpan(place, count));
        Leave(count);
        return count;
    }

    private void Leave(int count)
    {
        _receivers.AsSpan(PlaceOf(_first), count).Clear();

        // ORDER release: every guest has the frames before they are seen to be gone, so that what comes next comes after them.
        // Pairs with Volatile.Read in FrameArrivals.Count.
        Volatile.Write(ref _first, _first + count);
    }
}
