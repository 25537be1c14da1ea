using Vpio.Abi.Ownership;
using Vpio.GuestDriver;
using Vpio.Tool.Accounting;
using Vpio.Tool.Jobs;
using Vpio.Tool.Traffic;

namespace Vpio.Tool.Guests;

/// <summary>Is the application in a guest that receives frames.</summary>
/// <param name="nic">The driver.</param>
/// <param name="end">Where each frame received is reported.</param>
/// <remarks>Threads: the guest's. Allocates nothing per frame.</remarks>
internal sealed class ReceiveSide(NicReceiver nic, GuestEnd end)
{
    private const int BatchFrames = 64;

    private readonly byte[] _frame = new byte[NicFrame.MaxBytes];
    private ulong _received;

    /// <summary>Gets whether everything that was accepted for the guest, as far as domain 0 said, has been received.</summary>
    internal bool IsSettled => _received >= end.FramesDue;

    /// <summary>Sets the ring up, the first time, and posts what was read since the last ownership.</summary>
    /// <param name="lease">The ownership.</param>
    internal void Start([RequiresHeld] in DeviceLease lease) => nic.Start(lease);

    /// <summary>Receives what is in the ring, at most a batch, and no more once the device is asked for.</summary>
    /// <param name="lease">The ownership.</param>
    /// <returns>How many frames were received.</returns>
    internal int ReceiveBatch([RequiresHeld] in DeviceLease lease)
    {
        int count = 0;
        while (count < BatchFrames && !lease.StopRequested && end.Received.HasRoom && nic.TryReceive(lease, _frame, out int length))
        {
            Report(length);
            count++;
        }

        return count;
    }

    /// <summary>Receives what is left in the ring, as far as there is room for the reports. Needs no ownership: the ring is the guest's own memory.</summary>
    internal void ReceiveRest()
    {
        while (end.Received.HasRoom && nic.TryReceive(_frame, out int length))
            Report(length);
    }

    /// <summary>Sleeps until frames come, the device is asked for, or time is up.</summary>
    /// <param name="lease">The ownership.</param>
    /// <param name="timeout">The most to sleep.</param>
    internal void WaitForFrames([RequiresHeld] in DeviceLease lease, TimeSpan timeout) => nic.WaitForFrames(lease, timeout);

    private void Report(int length)
    {
        end.Received.Write(FrameDigest.Of(_frame.AsSpan(0, length)));
        _received++;
    }
}
