namespace Vpio.Hypervisor.Devices.Network;

/// <summary>Lends memory for frames, so that none is allocated for each: as much as ever waited at one time, shared by all guests.</summary>
/// <remarks>Threads: any. What bounds it are the bounds of the parkings and of the fan-out.</remarks>
internal sealed class FramePool
{
    private readonly Lock _gate = new();
    private readonly Stack<KeptFrame> _free = new();

    /// <summary>Keeps a copy of a frame.</summary>
    /// <param name="frame">The frame, at most 1,514 bytes.</param>
    /// <param name="toGroup">Whether it is addressed to a group.</param>
    /// <returns>The frame, held once: by the caller.</returns>
    public KeptFrame Keep(ReadOnlySpan<byte> frame, bool toGroup)
    {
        KeptFrame? kept;
        lock (_gate)
            _free.TryPop(out kept);
        kept ??= new KeptFrame(this);
        kept.Fill(frame, toGroup);
        return kept;
    }

    /// <summary>Takes memory back.</summary>
    /// <param name="frame">A frame that nobody holds any more.</param>
    public void GiveBack(KeptFrame frame)
    {
        lock (_gate)
            _free.Push(frame);
    }
}
