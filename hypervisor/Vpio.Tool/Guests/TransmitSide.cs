using Vpio.Abi.Ownership;
using Vpio.GuestDriver;
using Vpio.Tool.Accounting;
using Vpio.Tool.Jobs;
using Vpio.Tool.Traffic;

namespace Vpio.Tool.Guests;

/// <summary>Is the application in a guest that has a stream of frames to transmit.</summary>
/// <param name="nic">The driver.</param>
/// <param name="stream">The frames.</param>
/// <param name="pace">How fast they may go.</param>
/// <param name="end">Where each is reported before the device is shown it.</param>
/// <remarks>Threads: the guest's. Allocates nothing per frame.</remarks>
internal sealed class TransmitSide(NicTransmitter nic, IFrameStream stream, Pace pace, GuestEnd end)
{
    private const int BatchFrames = 32;

    private long _discarded;

    /// <summary>Gets whether all frames were given to the driver.</summary>
    internal bool IsExhausted => !stream.HasNext;

    /// <summary>Gets whether the NIC took everything that the driver was given.</summary>
    internal bool IsDrained { get; private set; } = true;

    /// <summary>Gets whether a frame may go now.</summary>
    internal bool IsDue => pace.Due() > 0;

    /// <summary>Gets how long it is until the next frame is due; zero when one is.</summary>
    internal TimeSpan UntilNext => pace.UntilNext();

    /// <summary>Begins an ownership: sets the ring up again if it was lost with the NIC, and accounts for what was in it.</summary>
    /// <param name="lease">The ownership.</param>
    internal void Start([RequiresHeld] in DeviceLease lease)
    {
        nic.CountOutstanding(lease);
        NoteDiscarded();
    }

    /// <summary>Sends what is due, at most a batch, and no more once the device is asked for.</summary>
    /// <param name="lease">The ownership.</param>
    /// <returns>How many frames went to the driver.</returns>
    internal int SendBatch([RequiresHeld] in DeviceLease lease)
    {
        long most = Math.Min(BatchFrames, pace.Due());
        int count = 0;
        while (count < most && stream.HasNext && !lease.StopRequested && TrySendNext(lease))
            count++;
        if (count == 0)
            return 0;
        pace.Took(count);
        nic.Flush(lease);
        return count;
    }

    /// <summary>Waits until the ring has room.</summary>
    /// <param name="lease">The ownership.</param>
    /// <param name="timeout">The most to wait.</param>
    internal void WaitForRoom([RequiresHeld] in DeviceLease lease, TimeSpan timeout) => nic.WaitForRoom(lease, timeout);

    /// <summary>Waits until the NIC took everything.</summary>
    /// <param name="lease">The ownership.</param>
    /// <param name="timeout">The most to wait.</param>
    [Quiesce]
    internal void Drain([RequiresHeld] in DeviceLease lease, TimeSpan timeout)
    {
        nic.Flush(lease);
        IsDrained = nic.WaitForDrain(lease, timeout);
        NoteDiscarded();
    }

    private void NoteDiscarded()
    {
        if (nic.DiscardedFrames == _discarded)
            return;
        _discarded = nic.DiscardedFrames;
        end.NoteDiscarded(_discarded);
    }

    // Reported when the driver has it and before the doorbell: so the NIC never sends what was not reported, and nothing is taken back.
    private bool TrySendNext(in DeviceLease lease)
    {
        ReadOnlySpan<byte> frame = stream.Peek();
        if (!end.Submitted.HasRoom || !nic.TrySend(lease, frame))
        {
            NoteDiscarded();
            return false;
        }

        NoteDiscarded();
        end.Submitted.Write(FrameDigest.Of(frame));
        IsDrained = false;
        stream.Advance();
        return true;
    }
}
