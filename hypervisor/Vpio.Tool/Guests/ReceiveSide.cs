using Vpio.Abi.Ownership;
using Vpio.GuestDriver;
using Vpio.Tool.Accounting;
using Vpio.Tool.Traffic;

namespace Vpio.Tool.Guests;

/// <summary>Is the application in a guest that receives frames.</summary>
/// <param name="nic">The driver.</param>
/// <param name="account">Where each frame received is held against what the NIC accepted.</param>
/// <remarks>Threads: the guest's. Allocates nothing per frame.</remarks>
internal sealed class ReceiveSide(NicReceiver nic, ReceiveAccount account)
{
    private const int BatchFrames = 64;

    private readonly byte[] _frame = new byte[NicFrame.MaxBytes];

    /// <summary>Gets whether everything that was accepted for the guest has been received.</summary>
    internal bool IsSettled => account.Outstanding == 0;

    /// <summary>Sets the ring up, the first time, and posts what was read since the last ownership.</summary>
    /// <param name="lease">The ownership.</param>
    internal void Start([RequiresHeld] in DeviceLease lease) => nic.Start(lease);

    /// <summary>Receives what is in the ring, at most a batch, and no more once the device is asked for.</summary>
    /// <param name="lease">The ownership.</param>
    /// <returns>How many frames were received.</returns>
    internal int ReceiveBatch([RequiresHeld] in DeviceLease lease)
    {
        int count = 0;
        while (count < BatchFrames && !lease.StopRequested && nic.TryReceive(lease, _frame, out int length))
        {
            account.NoteReceived(_frame.AsSpan(0, length));
            count++;
        }

        return count;
    }

    /// <summary>Receives all that is left in the ring. Needs no ownership: the ring is the guest's own memory.</summary>
    internal void ReceiveRest()
    {
        while (nic.TryReceive(_frame, out int length))
            account.NoteReceived(_frame.AsSpan(0, length));
    }

    /// <summary>Sleeps until frames come, the device is asked for, or time is up.</summary>
    /// <param name="lease">The ownership.</param>
    /// <param name="timeout">The most to sleep.</param>
    internal void WaitForFrames([RequiresHeld] in DeviceLease lease, TimeSpan timeout) => nic.WaitForFrames(lease, timeout);
}
