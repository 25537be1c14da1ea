namespace Vpio.Hypervisor.Devices.Network;

/// <summary>Lends memory for frames, so that none is allocated for each: as much as ever waited at one time, shared by all guests.</summary>
/// <remarks>
/// The device's thread, which most frames come from and go back by, has at hand what it took and gave back itself, and needs no lock for these. What
/// others took goes back to where they find it again.
/// Threads: any. What bounds it are the bounds of the parkings and of the fan-out, and what is at hand.
/// </remarks>
internal sealed class FramePool
{
    private const int MostAtHand = 128;

    private readonly Lock _gate = new();
    private readonly Stack<KeptFrame> _free = new();
    private readonly Stack<KeptFrame> _atHand = new(MostAtHand);
    private IDeviceEngine? _engine;

    /// <summary>Says whose thread has frames at hand. Once, before the first frame comes.</summary>
    /// <param name="engine">What runs the device.</param>
    public void ServeFirst(IDeviceEngine engine) => Volatile.Write(ref _engine, engine);

    /// <summary>Keeps a copy of a frame.</summary>
    /// <param name="frame">The frame, at most 1,514 bytes.</param>
    /// <param name="toGroup">Whether it is addressed to a group.</param>
    /// <returns>The frame, held once: by the caller.</returns>
    public KeptFrame Keep(ReadOnlySpan<byte> frame, bool toGroup)
    {
        KeptFrame kept = Take();
        kept.Fill(frame, toGroup);
        return kept;
    }

    /// <summary>Takes memory back.</summary>
    /// <param name="frame">A frame that nobody holds any more.</param>
    public void GiveBack(KeptFrame frame)
    {
        if (frame.IsDevices && IsDevices && _atHand.Count < MostAtHand)
        {
            _atHand.Push(frame);
            return;
        }

        lock (_gate)
            _free.Push(frame);
    }

    private bool IsDevices => Volatile.Read(ref _engine) is { IsCurrent: true };

    private KeptFrame Take()
    {
        bool isDevices = IsDevices;
        KeptFrame? kept;
        if (isDevices && _atHand.TryPop(out kept))
            return kept;
        lock (_gate)
            _free.TryPop(out kept);
        kept ??= new KeptFrame(this);
        kept.IsDevices = isDevices;
        return kept;
    }
}
